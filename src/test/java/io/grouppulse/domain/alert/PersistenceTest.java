package io.grouppulse.domain.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PersistenceTest {
    private static final AlertKey KEY = new AlertKey(AlertKind.SOURCE_DOWN, "wecom");
    private static final List<Condition> DOWN = List.of(new Condition(KEY, null, List.of(), null, "late"));

    private final Persistence persistence = new Persistence(30);

    @Test
    void condition_passesOnceItHasHeldForLongEnough() {
        assertThat(persistence.lasting(DOWN, Set.of(), 100)).isEmpty();
        assertThat(persistence.lasting(DOWN, Set.of(), 129)).isEmpty();
        assertThat(persistence.lasting(DOWN, Set.of(), 130)).hasSize(1);
    }

    @Test
    void condition_thatWasGoneInBetween_beginsAnew() {
        persistence.lasting(DOWN, Set.of(), 100);
        persistence.lasting(List.of(), Set.of(), 120);

        assertThat(persistence.lasting(DOWN, Set.of(), 135)).isEmpty();
    }

    @Test
    void condition_thatIsOpen_passesAtOnceAfterARestart() {
        assertThat(persistence.lasting(DOWN, Set.of(KEY), 100)).hasSize(1);
    }
}
