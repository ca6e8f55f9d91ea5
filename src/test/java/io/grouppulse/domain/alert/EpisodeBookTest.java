package io.grouppulse.domain.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.alert.Episode.Told;
import io.grouppulse.domain.alert.Notification.Transition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class EpisodeBookTest {
    private static final long WAIT = 10;

    private final EpisodeBook book = new EpisodeBook(List.of(), List.of());

    @Test
    void condition_thatHolds_firesOnceAndResolvesItself() {
        assertThat(book.observe(seen("g1"), 100, 1)).hasSize(1).allMatch(Episode::isFiring);
        assertThat(book.takeDue(11, WAIT, false)).hasSize(1);
        assertThat(book.observe(seen("g1"), 200, 12)).isEmpty();
        assertThat(book.takeDue(1_000, WAIT, false)).isEmpty();

        assertThat(book.observe(seen(), 300, 1_001))
                .singleElement()
                .satisfies(episode -> assertThat(List.of(episode.startsAt(), episode.endsAt()))
                        .containsExactly(100L, 300L));
        assertThat(book.takeDue(1_002, WAIT, false))
                .singleElement()
                .satisfies(told -> assertThat(told.transition()).isEqualTo(Transition.RESOLVED));
        assertThat(book.takeDue(2_000, WAIT, false)).isEmpty();
        assertThat(book.firing()).isEmpty();
    }

    @Test
    void condition_thatComesBack_isAnotherEpisode() {
        String first = book.observe(seen("g1"), 100, 1).get(0).id();
        book.observe(seen(), 200, 2);

        assertThat(book.observe(seen("g1"), 300, 3).get(0).id()).isNotEqualTo(first);
    }

    @Test
    void condition_thatComesBackAtTheSameT_waitsForTheNext() {
        book.observe(seen("g1"), 100, 1);
        book.observe(seen(), 100, 2);

        assertThat(book.observe(seen("g1"), 100, 3)).isEmpty();
        assertThat(book.observe(seen("g1"), 101, 4)).hasSize(1);
    }

    @Test
    void unknownSubject_keepsItsEpisodeOpen_andOpensNone() {
        book.observe(seen("g1"), 100, 1);
        Observation deaf = new Observation(List.of(), Set.of(), Set.of(key("g1"), key("g2")));

        assertThat(book.observe(deaf, 200, 2)).isEmpty();
        assertThat(book.firing()).hasSize(1);
    }

    @Test
    void inhibitedCondition_firesOnlyWhenTheOtherAlertHasGone() {
        Observation inhibited = new Observation(List.of(condition("g1", "bbg")), Set.of(key("g1")), Set.of());

        assertThat(book.observe(inhibited, 100, 1)).isEmpty();
        assertThat(book.observe(seen("g1"), 200, 2)).hasSize(1);
        assertThat(book.observe(inhibited, 300, 3)).as("what fires goes on").isEmpty();
    }

    @Test
    void severalOfOneNode_areToldTogether_withTheirCount() {
        book.observe(seen("g1"), 100, 1);
        book.observe(seen("g1", "g2"), 101, 5);
        book.observe(
                new Observation(
                        List.of(condition("g1", "bbg"), condition("g2", "bbg"), condition("h1", "retail")),
                        Set.of(),
                        Set.of()),
                102,
                6);

        assertThat(book.takeDue(10, WAIT, false)).isEmpty();
        assertThat(book.takeDue(11, WAIT, false)).singleElement().satisfies(told -> {
            assertThat(told.org()).isEqualTo("bbg");
            assertThat(told.count()).isEqualTo(2);
            assertThat(told.text()).startsWith("[FIRING] 2 groups are silent in bbg\ng1: expected 37");
        });
        assertThat(book.takeDue(16, WAIT, false))
                .singleElement()
                .satisfies(told -> assertThat(told.org()).isEqualTo("retail"));
    }

    @Test
    void notification_ofMany_showsSomeAndCountsAll() {
        List<Condition> many = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            many.add(condition("g" + i, "bbg"));
        }
        book.observe(new Observation(many, Set.of(), Set.of()), 100, 1);

        Notification told = book.takeDue(100, WAIT, false).get(0);

        assertThat(told.count()).isEqualTo(60);
        assertThat(told.episodes()).hasSize(Notification.MOST_SHOWN);
        assertThat(told.text()).endsWith("and 50 more");
    }

    @Test
    void mute_holdsBackUntilItEnds_andForgetsWhatPassed() {
        book.observe(seen("g1", "g2"), 100, 1);
        assertThat(book.takeDue(1_000, WAIT, true)).isEmpty();
        book.observe(seen("g2"), 200, 1_001);

        assertThat(book.takeDue(2_000, WAIT, false))
                .singleElement()
                .satisfies(told -> assertThat(told.episodes())
                        .extracting(episode -> episode.key().subject())
                        .containsExactly("g2"));
    }

    @Test
    void keyOfANotification_isTheSameForTheSameEpisodesAndTransition() {
        book.observe(seen("g1", "g2"), 100, 1);
        EpisodeBook twin = new EpisodeBook(book.firing(), book.resolved());

        String key = book.takeDue(100, WAIT, false).get(0).key();

        assertThat(twin.takeDue(500, WAIT, false).get(0).key()).isEqualTo(key).endsWith("-firing");
        book.observe(seen(), 200, 3);
        assertThat(book.takeDue(100, WAIT, false).get(0).key())
                .isNotEqualTo(key)
                .endsWith("-resolved");
    }

    @Test
    void bookThatIsFull_countsWhatWaits_andTakesItWhenThereIsRoom() {
        List<Condition> many = new ArrayList<>();
        for (int i = 0; i <= EpisodeBook.MOST_FIRING; i++) {
            many.add(condition("g" + i, "bbg"));
        }
        book.observe(new Observation(many, Set.of(), Set.of()), 100, 1);
        assertThat(book.overflowing()).isEqualTo(1);

        book.observe(new Observation(many.subList(1, many.size()), Set.of(), Set.of()), 200, 2);
        assertThat(book.overflowing()).isZero();
        assertThat(book.firing()).hasSize(EpisodeBook.MOST_FIRING);
    }

    @Test
    void resolvedEpisodes_beyondTheLimit_areForgotten_firstThoseThatAreTold() {
        for (int i = 0; i <= EpisodeBook.RESOLVED_KEPT; i++) {
            book.observe(seen("g" + i), 100 + i, i);
            if (i == 1) {
                book.takeDue(1_000, WAIT, false);
            }
        }
        book.observe(seen(), 5_000, 5_000);

        assertThat(book.resolved()).hasSize(EpisodeBook.RESOLVED_KEPT);
        assertThat(book.resolved()).anyMatch(episode -> episode.told() == Told.FIRING);
    }

    /** The state is saved and read between any two steps: nothing is told twice or not at all. */
    @RepeatedTest(20)
    void history_withRestartsAnywhere_tellsEachTransitionOnce(RepetitionInfo run) {
        Random dice = new Random(run.getCurrentRepetition());
        EpisodeBook subject = new EpisodeBook(List.of(), List.of());
        Map<String, List<Transition>> told = new HashMap<>();
        Set<String> holding = new HashSet<>();
        Map<String, Integer> opened = new HashMap<>();
        for (int step = 1; step <= 200; step++) {
            String group = "g" + dice.nextInt(5);
            if (!holding.remove(group)) {
                holding.add(group);
                opened.merge(group, 1, Integer::sum);
            }
            subject.observe(seen(holding.toArray(new String[0])), step, step);
            subject = restartedSometimes(subject, dice);
            collect(subject.takeDue(step, 0, false), told);
            subject = restartedSometimes(subject, dice);
        }

        told.forEach((group, transitions) -> {
            for (int i = 0; i < transitions.size(); i++) {
                assertThat(transitions.get(i)).isEqualTo(i % 2 == 0 ? Transition.FIRING : Transition.RESOLVED);
            }
            assertThat((transitions.size() + 1) / 2).isEqualTo(opened.get(group));
        });
    }

    private static EpisodeBook restartedSometimes(EpisodeBook book, Random dice) {
        return dice.nextInt(3) == 0 ? new EpisodeBook(book.firing(), book.resolved()) : book;
    }

    private static void collect(List<Notification> due, Map<String, List<Transition>> told) {
        due.forEach(notification -> notification
                .episodes()
                .forEach(episode -> told.computeIfAbsent(episode.key().subject(), g -> new ArrayList<>())
                        .add(notification.transition())));
    }

    private static Observation seen(String... groups) {
        return new Observation(
                Arrays.stream(groups).map(group -> condition(group, "bbg")).toList(), Set.of(), Set.of());
    }

    private static AlertKey key(String group) {
        return new AlertKey(AlertKind.GROUP_SILENT, group);
    }

    private static Condition condition(String group, String org) {
        return new Condition(key(group), null, List.of(org), null, "expected 37 interactions since 20:14, saw 0");
    }
}
