package io.grouppulse.domain.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.event.GroupRoster;
import io.grouppulse.domain.event.Role;
import io.grouppulse.domain.rain.RainEpisode;
import io.grouppulse.domain.rain.RainEpisodes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SaleSimulatorTest {
    private static final long WEDNESDAY_0955 = 1_794_362_100_000L;
    private static final SimulationSettings SMALL = SimulationSettings.sale(40, 60, 30, 7, WEDNESDAY_0955);

    @Test
    void events_ofTheSameSettings_areTheSame() {
        assertThat(SaleRun.of(SMALL).events()).isEqualTo(SaleRun.of(SMALL).events());
    }

    @Test
    void events_askedForInOddSteps_areTheSame() {
        List<SimulatedEvent> inSteps = new ArrayList<>();
        SaleSimulator sale = new SaleSimulator(SMALL);
        while (!sale.isOver()) {
            sale.advanceTo(sale.now() + 777, inSteps::add);
        }

        assertThat(inSteps).isEqualTo(SaleRun.of(SMALL).events());
    }

    @Test
    void events_ofAnotherSeed_differ() {
        SimulationSettings other = SimulationSettings.sale(40, 60, 30, 8, WEDNESDAY_0955);

        assertThat(SaleRun.of(other).events()).isNotEqualTo(SaleRun.of(SMALL).events());
    }

    @Test
    void idsAndOrders_ofAnotherStart_differ() {
        Set<String> ids = SaleRun.of(SMALL).ids();

        Set<String> later = SaleRun.of(SimulationSettings.sale(40, 60, 30, 7, WEDNESDAY_0955 + 60_000))
                .ids();

        assertThat(later).doesNotContainAnyElementsOf(ids);
    }

    @Test
    void events_comeInOrderOfTimeWithinTheSale_underIdsOfTheirOwn() {
        SaleRun run = SaleRun.of(SMALL);

        assertThat(run.events()).extracting(e -> e.event().ts()).isSorted();
        assertThat(run.events())
                .allSatisfy(e -> assertThat(e.event().ts()).isBetween(SMALL.startMillis(), SMALL.endMillis() - 1));
        assertThat(run.ids()).hasSameSizeAs(run.events());
    }

    @Test
    void longSale_hasEveryTypeOfEvent() {
        Set<EventType> seen = EnumSet.noneOf(EventType.class);

        SaleRun.of(SimulationSettings.sale(200, 100, 120, 1, WEDNESDAY_0955))
                .events()
                .forEach(e -> seen.add(e.event().type()));

        assertThat(seen).containsExactlyInAnyOrder(EventType.values());
    }

    @Test
    void everyEvent_keepsTheContractsFieldRules() {
        for (SimulatedEvent simulated : SaleRun.of(SMALL).events()) {
            GroupEvent event = simulated.event();
            EventType type = event.type();
            assertThat(!event.group().isEmpty() || !type.needsGroup()).isTrue();
            assertThat(event.member() != null || !type.needsMember()).isTrue();
            assertThat(event.order() != null).isEqualTo(type.isOrder());
            assertThat(event.hasAmount() || type != EventType.ORDER_REFUNDED).isTrue();
            assertThat(simulated.text() != null).isEqualTo(type == EventType.CHAIN_POSTED);
            assertThat(event.chain() != null).isEqualTo(type == EventType.CHAIN_POSTED);
            assertThat(event.target() != null).isEqualTo(type == EventType.MESSAGE_REVOKED);
            assertThat(event.reason() != null).isEqualTo(type == EventType.MEMBER_LEFT);
        }
    }

    @Test
    void show_rainsFromItsFirstSeconds() {
        SaleSimulator show = new SaleSimulator(SimulationSettings.show(300, 250, 42, WEDNESDAY_0955 - 7 * 3_600_000));
        List<EventType> types = new ArrayList<>();

        show.advanceTo(show.now() + 30_000, e -> types.add(e.event().type()));

        assertThat(types).contains(EventType.FLASH_STARTED);
        assertThat(types).filteredOn(type -> type == EventType.ORDER_PAID).hasSizeGreaterThan(5);
        assertThat(types.size() / 30).isBetween(60, 500);
    }

    @Test
    void flashSalesOfAShow_areEachAnEpisodeOfRainThatEnds() {
        long now = WEDNESDAY_0955 - 7 * 3_600_000;
        SimulationSettings settings = SimulationSettings.show(300, 250, 42, now).withPastAt(now);
        Map<Long, Long> paid = new HashMap<>();
        long until = now + 1_200_000;
        new SaleSimulator(settings).advanceTo(until, told -> {
            if (told.event().type() == EventType.ORDER_PAID) {
                paid.merge(Math.floorDiv(told.event().ts(), 1_000L) * 1_000, 1L, Long::sum);
            }
        });
        FlashCalendar calendar = new FlashCalendar(settings);

        List<RainEpisode> episodes = RainEpisodes.find(paid, until - 86_400_000, until);

        int flashes = 0;
        for (long flash = calendar.first(); flash < until - 200_000; flash = calendar.after(flash)) {
            if (settings.isShowAt(flash)) {
                long start = flash;
                flashes++;
                assertThat(episodes)
                        .filteredOn(episode -> episode.start() >= start && episode.start() < start + 90_000)
                        .as("%d s after now", (flash - now) / 1_000)
                        .singleElement()
                        .satisfies(episode -> assertThat(episode.end()).isLessThan(calendar.after(start)));
            }
        }
        assertThat(flashes).isEqualTo(8);
    }

    @Test
    void groups_standUnderThreeRegionsAndSomeInTwoPaths() {
        SaleSimulator sale = new SaleSimulator(SimulationSettings.sale(300, 250, 1, 3, WEDNESDAY_0955));

        List<GroupProfile> profiles = sale.profiles();

        assertThat(profiles).hasSize(300);
        assertThat(profiles).extracting(GroupProfile::group).doesNotHaveDuplicates();
        Set<String> regions = new HashSet<>();
        profiles.forEach(
                profile -> regions.add(Path.of(profile.orgs().get(0)).getName(1).toString()));
        assertThat(regions).hasSize(3);
        assertThat(profiles).filteredOn(profile -> profile.orgs().size() == 2).hasSizeBetween(20, 80);
    }

    @Test
    void rosters_haveTheAskedMeanAndEveryRole() {
        SaleSimulator sale = new SaleSimulator(SimulationSettings.sale(300, 250, 1, 3, WEDNESDAY_0955));

        List<GroupRoster> rosters = sale.rosters();

        double mean = rosters.stream()
                .mapToInt(roster -> roster.members().size())
                .average()
                .orElseThrow();
        assertThat(mean).isBetween(230.0, 270.0);
        assertThat(rosters)
                .allSatisfy(roster -> assertThat(roster.members())
                        .hasSizeLessThanOrEqualTo(500)
                        .extracting(GroupRoster.Entry::member)
                        .doesNotHaveDuplicates());
        assertThat(rosters)
                .flatExtracting(GroupRoster::members)
                .extracting(GroupRoster.Entry::role)
                .contains(Role.values());
    }

    @Test
    void rosters_followJoinsAndLeaves() {
        SaleSimulator sale = new SaleSimulator(SMALL);
        int before = people(sale);
        int[] change = {0};

        sale.advanceTo(SMALL.endMillis(), e -> {
            if (e.event().type() == EventType.MEMBER_JOINED) {
                change[0]++;
            } else if (e.event().type() == EventType.MEMBER_LEFT) {
                change[0]--;
            }
        });

        assertThat(change[0]).isPositive();
        // Whoever joins a group that has fallen silent does so unheard.
        assertThat(people(sale) - before).isCloseTo(change[0], org.assertj.core.data.Offset.offset(5));
    }

    private static int people(SaleSimulator sale) {
        return sale.rosters().stream()
                .mapToInt(roster -> roster.members().size())
                .sum();
    }
}
