package io.grouppulse.domain.org.silence;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.group.ActivityState;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.group.GroupReading.RainReading;
import io.grouppulse.domain.group.SilenceReading;
import io.grouppulse.domain.group.SourceCounts;
import io.grouppulse.domain.signal.Activity;
import io.grouppulse.domain.signal.BreadthReading;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.Counts;
import io.grouppulse.domain.signal.HourHistory;
import io.grouppulse.domain.signal.silence.SilenceSettings;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SilenceWatchTest {
    private static final long HOUR = 3_600_000;
    private static final long NOW = 1_794_240_000_000L / HOUR;
    private static final SilenceSettings SETTINGS = new SilenceSettings(ZoneId.of("UTC"), 720_000, 0.25);

    private final Set<String> down = new HashSet<>();
    private final Map<String, Long> heartbeats = new HashMap<>();
    private final Set<String> up = new HashSet<>();
    private final Map<String, GroupReading> told = new HashMap<>();

    @Test
    void group_pastItsDeadlineAmongTalkingSiblings_isSilentWithoutAParent() {
        SilenceWatch watch = newWatch(false);
        watch.take(group("quiet", NOW - 48, "shop/a"));
        watch.take(group("other", NOW, "shop/a"));
        judge(watch, NOW * HOUR);
        assertThat(state("quiet")).isEqualTo(ActivityState.SILENT);
        assertThat(silence("quiet").parent()).isNull();
        assertThat(silence("quiet").expected()).isGreaterThan(10);
        assertThat(silence("quiet").probability()).isLessThan(0.01);
        assertThat(state("other")).isEqualTo(ActivityState.NORMAL);
    }

    @Test
    void groups_asTimePasses_becomeQuietThenSilentByThemselves() {
        SilenceWatch watch = newWatch(false);
        watch.take(group("g", NOW, "shop"));
        judge(watch, NOW * HOUR);
        assertThat(state("g")).isEqualTo(ActivityState.NORMAL);
        long deadline = silence("g").deadline();
        judge(watch, deadline - 1);
        assertThat(state("g")).isEqualTo(ActivityState.QUIET);
        judge(watch, deadline + 1_000);
        assertThat(state("g")).isEqualTo(ActivityState.SILENT);
    }

    @Test
    void store_silentAsAWhole_speaksForAllItsGroups() {
        SilenceWatch watch = newWatch(false);
        watch.take(group("a1", NOW - 48, "shop/a"));
        watch.take(group("a2", NOW - 50, "shop/a"));
        watch.take(group("b1", NOW, "shop/b"));
        judge(watch, NOW * HOUR);
        assertThat(silence("a1").parent()).isEqualTo("shop/a");
        assertThat(silence("a2").parent()).isEqualTo("shop/a");
        assertThat(silence("b1").parent()).isNull();
        judge(watch, (NOW + 72) * HOUR);
        assertThat(silence("a1").parent()).isEqualTo("shop");
        assertThat(silence("b1").parent()).isEqualTo("shop");
        watch.remove("b1");
        judge(watch, (NOW + 72) * HOUR);
        assertThat(silence("a1").parent()).isEqualTo("shop");
    }

    @Test
    void node_tellsTheGapOfItsGroupsTogether() {
        SilenceWatch watch = newWatch(false);
        watch.take(group("a1", NOW - 48, "shop/a"));
        watch.take(group("a2", NOW - 50, "shop/a"));
        watch.take(group("b1", NOW, "shop/b"));
        judge(watch, NOW * HOUR);

        SilenceReading shop = watch.of("shop", 1_000);
        SilenceReading store = watch.of("shop/a", 1_000);
        assertThat(shop.since()).isEqualTo(silence("b1").since());
        assertThat(shop.parent()).isNull();
        assertThat(store.since()).isEqualTo(silence("a1").since());
        assertThat(store.deadline()).isLessThan(NOW * HOUR);
        assertThat(store.probability()).isLessThan(0.01);
        assertThat(store.expected()).isGreaterThan(10);
        assertThat(watch.of("shop/a", 2_000).expected()).isEqualTo(2 * store.expected());
        assertThat(watch.of("", 1_000)).isEqualTo(SilenceReading.unknown(Long.MIN_VALUE));
        assertThat(watch.takeJudgedNodes()).containsExactlyInAnyOrder("shop", "shop/a", "shop/b");
        assertThat(watch.takeJudgedNodes()).isEmpty();

        judge(watch, (NOW + 72) * HOUR);
        assertThat(watch.takeJudgedNodes()).contains("shop", "shop/a");
        assertThat(watch.of("shop/a", 1_000).parent()).isEqualTo("shop");
        assertThat(watch.of("shop/a", 1_000).expected()).isGreaterThan(store.expected());
    }

    @Test
    void groups_whileTheirSourceIsDown_areUnknownAndAfterwardsHaveTheirTimeBack() {
        SilenceWatch watch = newWatch(true);
        watch.take(group("a", NOW, "shop"));
        judge(watch, NOW * HOUR);
        long deadline = silence("a").deadline();
        down.add("wecom");
        judge(watch, NOW * HOUR + 60_000);
        assertThat(state("a")).isEqualTo(ActivityState.UNKNOWN);
        judge(watch, deadline + HOUR);
        assertThat(state("a")).isEqualTo(ActivityState.UNKNOWN);
        down.clear();
        up.add("wecom");
        judge(watch, deadline + HOUR);
        assertThat(state("a")).isNotIn(ActivityState.SILENT, ActivityState.UNKNOWN);
        assertThat(silence("a").deadline()).isGreaterThan(deadline + HOUR);
    }

    @Test
    void groups_thatTalkAgainAfterAnOutage_haveNotBeenSilentInIt() {
        SilenceWatch watch = newWatch(true);
        watch.take(group("a", NOW, "shop"));
        judge(watch, NOW * HOUR);
        down.add("wecom");
        judge(watch, NOW * HOUR + 60_000);
        up.add("wecom");
        down.clear();
        judge(watch, (NOW + 100) * HOUR);
        watch.take(again(NOW, NOW + 100));
        judge(watch, (NOW + 100) * HOUR + 1);
        assertThat(state("a")).isEqualTo(ActivityState.NORMAL);

        SilenceWatch seeing = newWatch(true);
        seeing.take(group("a", NOW, "shop"));
        judge(seeing, NOW * HOUR);
        seeing.take(again(NOW, NOW + 100));
        judge(seeing, (NOW + 100) * HOUR + 1);
        assertThat(state("a")).isEqualTo(ActivityState.SILENT);
    }

    @Test
    void outages_keptOverARestart_areLeftOutAsIfThereHadBeenNone() {
        SilenceWatch watch = newWatch(true);
        watch.take(group("a", NOW, "shop"));
        judge(watch, NOW * HOUR);
        down.add("wecom");
        judge(watch, NOW * HOUR + 60_000);
        down.clear();
        up.add("wecom");
        judge(watch, (NOW + 30) * HOUR);
        long deadline = silence("a").deadline();
        SilenceReading before = silence("a");
        KnownOutages known = watch.outages();

        SilenceWatch restarted = newWatch(true);
        restarted.restore(known);
        restarted.take(group("a", NOW, "shop"));
        judge(restarted, (NOW + 30) * HOUR);
        assertThat(silence("a")).isEqualTo(before);
        assertThat(restarted.outages()).isEqualTo(known);

        SilenceWatch later = newWatch(true);
        later.restore(known);
        later.take(group("a", NOW, "shop"));
        judge(later, (NOW + 32) * HOUR);
        assertThat(silence("a").deadline()).isGreaterThan(deadline);

        SilenceWatch forgetful = newWatch(true);
        forgetful.take(group("a", NOW, "shop"));
        forgetful.take(group("z", NOW + 30, "shop"));
        judge(forgetful, (NOW + 30) * HOUR);
        assertThat(state("a")).isEqualTo(ActivityState.SILENT);
    }

    @Test
    void sourceThatWasDownBeforeARestart_isDownUntilItIsHeard() {
        SilenceWatch watch = newWatch(true);
        watch.take(group("a", NOW, "shop"));
        judge(watch, NOW * HOUR);
        down.add("wecom");
        judge(watch, NOW * HOUR + 60_000);
        down.clear();

        SilenceWatch restarted = newWatch(true);
        restarted.restore(watch.outages());
        restarted.take(group("a", NOW, "shop"));
        judge(restarted, (NOW + 50) * HOUR);
        assertThat(state("a")).isEqualTo(ActivityState.UNKNOWN);
        assertThat(silence("a").deadline()).isEqualTo(Long.MAX_VALUE);
        up.add("wecom");
        judge(restarted, (NOW + 51) * HOUR);
        assertThat(state("a")).isEqualTo(ActivityState.NORMAL);
    }

    @Test
    void heartbeats_areKeptForTheNextStart_forTwoWeeks() {
        SilenceWatch watch = newWatch(true);
        watch.take(group("a", NOW, "shop"));
        heartbeats.put("wecom", NOW * HOUR);
        judge(watch, NOW * HOUR);
        assertThat(watch.outages().heartbeats()).containsExactly(Map.entry("wecom", NOW * HOUR));

        SilenceWatch restarted = newWatch(true);
        restarted.restore(watch.outages());
        heartbeats.clear();
        restarted.take(group("a", NOW, "shop"));
        judge(restarted, (NOW + 14 * 24) * HOUR);
        assertThat(restarted.outages().heartbeats()).containsExactly(Map.entry("wecom", NOW * HOUR));
        judge(restarted, (NOW + 14 * 24) * HOUR + 1);
        assertThat(restarted.outages().heartbeats()).isEmpty();
    }

    @Test
    void groups_afterThisProgramDidNotRun_areNotSilentForThat() {
        SilenceWatch watch = newWatch(true);
        watch.take(group("a", NOW - 30, "shop"));
        watch.take(group("b", NOW - 30, "shop"));
        judge(watch, NOW * HOUR);
        assertThat(state("a")).isEqualTo(ActivityState.NORMAL);
        assertThat(state("b")).isEqualTo(ActivityState.NORMAL);
    }

    @Test
    void watch_begunAnewWithTheSameReadings_saysTheSame() {
        SilenceWatch watch = newWatch(false);
        for (int hour = 0; hour < 60; hour++) {
            watch.take(group("a", NOW + hour / 3 * 3L, "shop/a"));
            watch.take(group("b", NOW + hour / 30 * 30L, "shop/a", "shop/b"));
            watch.take(group("c", NOW, "shop/b"));
            judge(watch, (NOW + hour) * HOUR);
            Map<String, GroupReading> before = Map.copyOf(told);
            SilenceWatch fresh = newWatch(false);
            fresh.take(group("c", NOW, "shop/b"));
            fresh.take(group("b", NOW + hour / 30 * 30L, "shop/a", "shop/b"));
            fresh.take(group("a", NOW + hour / 3 * 3L, "shop/a"));
            judge(fresh, (NOW + hour) * HOUR);
            before.forEach((group, reading) -> {
                assertThat(state(group)).isEqualTo(reading.state());
                assertThat(silence(group)).isEqualTo(reading.silence());
            });
        }
    }

    /** Its siblings in one organisation are up by night, those in the other by day: a night without it is not the same. */
    @Test
    void groupUnderTwoTopOrganisations_livesByTheClockOfItsFirstPath() {
        SilenceReading zoo = silenceOfTheSharedGroup("zoo/x");
        SilenceReading art = silenceOfTheSharedGroup("art/y");

        assertThat(zoo.deadline()).isNotEqualTo(art.deadline());
        assertThat(silenceOfTheSharedGroup("zoo/x", "art/y")).isEqualTo(zoo);
        assertThat(silenceOfTheSharedGroup("art/y", "zoo/x")).isEqualTo(art);
    }

    private SilenceReading silenceOfTheSharedGroup(String... orgs) {
        SilenceWatch watch = newWatch(false);
        for (int i = 0; i < 20; i++) {
            watch.take(reading("night" + i, NOW, hoursOfDay(0, 12), "zoo/x"));
            watch.take(reading("day" + i, NOW, hoursOfDay(12, 24), "art/y"));
        }
        watch.take(reading("shared", NOW, hoursOfDay(0, 24), orgs));
        judge(watch, NOW * HOUR);
        return silence("shared");
    }

    private static HourHistory hoursOfDay(int from, int to) {
        HourHistory hours = HourHistory.EMPTY;
        for (long hour = NOW - 56 * 24; hour < NOW; hour++) {
            hours = hour % 24 >= from && hour % 24 < to ? hours.with(hour) : hours;
        }
        return hours;
    }

    private SilenceWatch newWatch(boolean seesOutages) {
        return new SilenceWatch(SETTINGS, () -> new SourcesSeen(up, down, heartbeats), seesOutages);
    }

    /** Group a, active once more. */
    private static GroupReading again(long last, long now) {
        GroupReading before = group("a", last, "shop");
        Activity activity = new Activity(before.activity().hours().with(now), now * HOUR, now * HOUR, last * HOUR);
        return new GroupReading(
                before.profile(),
                ActivityState.NORMAL,
                before.members(),
                now * HOUR,
                before.windows(),
                before.today(),
                before.breadth(),
                before.total(),
                before.rain(),
                before.silence(),
                activity,
                before.sources(),
                before.rememberedIds());
    }

    private void judge(SilenceWatch watch, long t) {
        watch.judge(t).forEach(reading -> told.put(reading.group(), reading));
    }

    private ActivityState state(String group) {
        return Objects.requireNonNull(told.get(group)).state();
    }

    private SilenceReading silence(String group) {
        return Objects.requireNonNull(told.get(group)).silence();
    }

    private static int step(String id) {
        return id.equals("a") ? 3 : 30;
    }

    /** A group that talked in two hours of three for eight weeks, three times an hour, then every few hours until {@code last}. */
    private static GroupReading group(String id, long last, String... orgs) {
        HourHistory hours = HourHistory.EMPTY;
        for (long hour = NOW - 56 * 24; hour < last; hour++) {
            boolean active = hour < NOW ? (hour * 7 + id.hashCode()) % 3 != 0 : (hour - NOW) % step(id) == 0;
            hours = active ? hours.with(hour) : hours;
        }
        return reading(id, last, hours, orgs);
    }

    private static GroupReading reading(String id, long last, HourHistory past, String... orgs) {
        long before = past.newest() * HOUR;
        HourHistory hours = past.with(last);
        long[] total = new long[Column.COUNT];
        total[Column.INTERACTIONS.ordinal()] = 3 * hours.count();
        Counts none = Counts.copyOf(new long[Column.COUNT]);
        return new GroupReading(
                new GroupProfile(id, null, List.of(orgs), 0, List.of(), null),
                ActivityState.NORMAL,
                10,
                last * HOUR,
                List.of(none),
                none,
                BreadthReading.NONE,
                Counts.copyOf(total),
                new RainReading(0, 0, 0),
                SilenceReading.unknown(last * HOUR),
                new Activity(hours, last * HOUR, last * HOUR, before),
                Map.of("wecom", SourceCounts.NONE),
                0);
    }
}
