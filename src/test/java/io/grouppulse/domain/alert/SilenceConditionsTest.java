package io.grouppulse.domain.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.alert.SilenceConditions.Broken;
import io.grouppulse.domain.alert.SilenceConditions.Group;
import io.grouppulse.domain.alert.SilenceConditions.Heard;
import io.grouppulse.domain.alert.SilenceConditions.Siblings;
import io.grouppulse.domain.alert.SilenceConditions.Talk;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SilenceConditionsTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final long AT_2014 =
            ZonedDateTime.of(2026, 11, 25, 20, 14, 0, 0, ZONE).toInstant().toEpochMilli();
    private static final long T = AT_2014 + 3_600_000;

    private final SilenceConditions watch = new SilenceConditions(ZONE);

    @Test
    void silentGroup_saysWhatWasExpectedAndSeen_whoOwnsIt_andHowItsSiblingsAre() {
        Observation seen = observe(
                List.of(
                        group("g1", Talk.SILENT, null),
                        group("g2", Talk.HEARD, null),
                        group("g3", Talk.HEARD, null),
                        group("g4", Talk.DEAD, null)),
                Set.of(),
                Set.of(),
                T);

        assertThat(seen.inhibited()).isEmpty();
        assertThat(seen.conditions()).singleElement().satisfies(condition -> {
            assertThat(condition.key()).isEqualTo(new AlertKey(AlertKind.GROUP_SILENT, "g1"));
            assertThat(condition.owner()).isEqualTo("zhang");
            assertThat(condition.text())
                    .isEqualTo("expected 37 interactions since 20:14, saw 0;"
                            + " 2 of the 3 other groups of bbg/hunan are fine");
        });
    }

    @Test
    void silenceThatIsBroken_isToldAsItWas_notAsOfTheInteractionThatBrokeIt() {
        Group broken = new Group(
                "g1",
                null,
                List.of("bbg/hunan"),
                "zhang",
                Talk.SILENT,
                T - 1_000,
                0.0,
                null,
                new Broken(AT_2014 - 86_400_000, T - 1_800_000, 36.6),
                Set.of("wecom"));

        Observation seen = observe(List.of(broken), Set.of(), Set.of(), T);

        assertThat(seen.conditions().get(0).text())
                .isEqualTo("expected 37 interactions from 2026-11-24 20:14 to 20:44, saw 0;"
                        + " it has only just begun to talk again; the only group of bbg/hunan");
    }

    @Test
    void silenceOfSomeDays_isToldWithItsDate() {
        Observation seen = observe(List.of(group("g1", Talk.SILENT, null)), Set.of(), Set.of(), T + 86_400_000);

        assertThat(seen.conditions().get(0).text())
                .isEqualTo("expected 37 interactions since 2026-11-25 20:14, saw 0; the only group of bbg/hunan");
    }

    @Test
    void silentNode_speaksForItsGroups() {
        Observation seen = observe(
                List.of(group("g1", Talk.SILENT, "bbg"), group("g2", Talk.SILENT, "bbg")), Set.of(), Set.of(), T);

        assertThat(seen.inhibited())
                .containsExactlyInAnyOrder(
                        new AlertKey(AlertKind.GROUP_SILENT, "g1"), new AlertKey(AlertKind.GROUP_SILENT, "g2"));
        assertThat(seen.conditions())
                .filteredOn(condition -> condition.key().kind() == AlertKind.ORG_SILENT)
                .singleElement()
                .satisfies(condition -> assertThat(condition.text())
                        .isEqualTo("2 groups, none heard since 20:14;"
                                + " expected 73 interactions of them since each was last heard, saw 0"));
    }

    @Test
    void sourceThatIsDown_speaksForGroupsAndNodes() {
        Observation seen = observe(List.of(group("g1", Talk.SILENT, "bbg")), Set.of("wecom"), Set.of(), T);

        assertThat(seen.inhibited()).hasSize(2);
        assertThat(new EpisodeBook(List.of(), List.of()).observe(seen, T, 1)).isEmpty();
    }

    @Test
    void groupThatCannotBeHeard_leavesOpenWhatIsOpen_onItAndAbove() {
        Set<AlertKey> open = Set.of(
                new AlertKey(AlertKind.GROUP_SILENT, "g1"),
                new AlertKey(AlertKind.GROUP_SILENT, "g2"),
                new AlertKey(AlertKind.ORG_SILENT, "bbg/hunan"),
                new AlertKey(AlertKind.ORG_SILENT, "bbg"),
                new AlertKey(AlertKind.ORG_SILENT, ""));
        Set<AlertKey> others = Set.of(
                new AlertKey(AlertKind.GROUP_SILENT, "g3"), new AlertKey(AlertKind.ORG_SILENT, "bbg/hunan/changsha"));
        Set<AlertKey> both = new HashSet<>(open);
        both.addAll(others);

        Observation seen =
                observe(List.of(group("g1", Talk.UNKNOWN, null), group("g2", Talk.DEAD, null)), Set.of(), both, T);

        assertThat(seen.conditions()).isEmpty();
        assertThat(seen.unknown()).isEqualTo(open);
    }

    /** Of all groups there are, what is to be known of them. */
    private Observation observe(List<Group> all, Set<String> down, Set<AlertKey> open, long t) {
        Map<String, Siblings> siblings = all.stream()
                .collect(Collectors.groupingBy(
                        group -> group.orgs().get(0),
                        Collectors.collectingAndThen(Collectors.toList(), SilenceConditionsTest::siblings)));
        Set<String> unheard = new HashSet<>();
        all.stream().filter(group -> group.talk() == Talk.UNKNOWN).forEach(group -> {
            unheard.add("");
            for (String org : group.orgs()) {
                for (int end = org.length(); end > 0; end = org.lastIndexOf('/', end - 1)) {
                    unheard.add(org.substring(0, end));
                }
            }
        });
        return watch.observe(new Heard(all, siblings, unheard), down, open, t);
    }

    private static Siblings siblings(List<Group> groups) {
        return new Siblings(groups.size(), (int)
                groups.stream().filter(group -> group.talk() == Talk.HEARD).count());
    }

    private static Group group(String id, Talk talk, @Nullable String parent) {
        return new Group(id, null, List.of("bbg/hunan"), "zhang", talk, AT_2014, 36.6, parent, null, Set.of("wecom"));
    }
}
