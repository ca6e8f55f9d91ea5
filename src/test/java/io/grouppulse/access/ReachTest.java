package io.grouppulse.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReachTest {
    @Test
    void subtree_endsAtItsOwnName() {
        Reach reach = Reach.of(List.of("a/1", "a/1/x", "b"));

        assertThat(reach.subtrees()).containsExactlyInAnyOrder("a/1", "b");
        assertThat(List.of("a/1", "a/1/x", "a/1/10", "b", "b/c")).allMatch(reach::covers);
        assertThat(List.of("", "a", "a/10", "a/10/1", "a/1x", "bb", "B", "a/1\u0000"))
                .noneMatch(reach::covers);
    }

    @Test
    void root_isTheOneSubtree_orNoneOfSeveral() {
        assertThat(Reach.WHOLE.root()).isEmpty();
        assertThat(Reach.of(List.of("")).whole()).isTrue();
        assertThat(Reach.of(List.of("a/1")).root()).isEqualTo("a/1");
        assertThat(Reach.of(List.of("a", "b")).root()).isNull();
        assertThat(Reach.of(List.of()).root()).isNull();
    }

    @Test
    void credential_mayAskSoOftenASecond_andNoOtherIsHeldUp() {
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
        RateLimit limit = new RateLimit(10, nanos::get);

        for (int i = 0; i < 10; i++) {
            assertThat(limit.secondsToWait("a")).isZero();
        }
        assertThat(limit.secondsToWait("a")).isEqualTo(1);
        assertThat(limit.secondsToWait("b")).isZero();
        nanos.addAndGet(100_000_000);
        assertThat(limit.secondsToWait("a")).isZero();
        assertThat(limit.secondsToWait("a")).isEqualTo(1);
    }
}
