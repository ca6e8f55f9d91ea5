package io.grouppulse.domain.simulate;

import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.event.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.agrona.collections.IntArrayList;
import org.jspecify.annotations.Nullable;

/** The groups of the sale: where they stand, how popular they are, who is in them. */
final class World {
    private static final String[][] STORES = {
        {"bbg/hunan/meixi", "梅溪湖店"},
        {"bbg/hunan/wuyi", "五一广场店"},
        {"bbg/hunan/xingsha", "星沙店"},
        {"bbg/hunan/zhuzhou", "株洲店"},
        {"bbg/guangxi/nanning", "南宁店"},
        {"bbg/guangxi/liuzhou", "柳州店"},
        {"bbg/guangxi/guilin", "桂林店"},
        {"bbg/jiangxi/nanchang", "南昌店"},
        {"bbg/jiangxi/ganzhou", "赣州店"},
        {"bbg/jiangxi/jiujiang", "九江店"}
    };
    private static final String[] THEMES = {"福利", "生鲜", "团购", "宝妈", "会员", "美食"};
    private static final double IN_TWO_PATHS = 0.15;
    private static final double FALLS_SILENT = 0.04;
    private static final double SHARED_PERSON = 0.1;
    private static final int USUAL_CAPACITY = 500;
    private static final int TEAMS = 4;
    private static final double SHIFT = 2.7;
    private static final long SHOW_SPAN = 30 * 60_000L;

    private static final int SEARCHED_GROUPS = 500;
    private static final double GOLDEN_SECTION = 0.6180339887498949;

    private final List<SimGroup> groups = new ArrayList<>();
    private final Weights popularity;
    private final TreeMap<Double, SimGroup> byOrg = new TreeMap<>();
    private double evenly;
    private int people;

    World(SimulationSettings settings, Dice dice) {
        for (int i = 0; i < settings.groups(); i++) {
            groups.add(group(i, settings, dice));
        }
        double[] weights = zipf(settings.groups(), dice);
        popularity = Weights.of(weights);
        lineUp(weights);
    }

    /** By organisation, each group at the end of its part of [0, 1). */
    private void lineUp(double[] weights) {
        double total = Arrays.stream(weights).sum();
        double end = 0;
        for (int i : byOrg()) {
            end += weights[i] / total;
            byOrg.put(end, groups.get(i));
        }
        byOrg.put(2.0, groups.get(groups.size() - 1));
    }

    private int[] byOrg() {
        return IntStream.range(0, groups.size())
                .boxed()
                .sorted(Comparator.comparing(i -> groups.get(i).profile().orgs().get(0)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    List<SimGroup> groups() {
        return groups;
    }

    /** A group by popularity: Zipf, softened at the top as in Mandelbrot's form. */
    SimGroup draw(Dice dice) {
        return groups.get(popularity.draw(dice));
    }

    /**
     * A group by popularity, but evenly: of any few calls in a row each organisation gets its part, so that orders at even
     * distances are nearly so at its node too.
     */
    SimGroup evenly() {
        evenly += GOLDEN_SECTION;
        evenly -= Math.floor(evenly);
        return byOrg.higherEntry(evenly).getValue();
    }

    /** Someone who is not yet in the group: mostly new, sometimes known from other groups. */
    int comer(IntArrayList group, Dice dice) {
        int known = people > 100 && dice.chance(SHARED_PERSON) ? dice.below(people) : people;
        return known < people && !group.containsInt(known) ? known : people++;
    }

    /** Another group that this person is in; null if none was found. */
    @Nullable SimGroup otherGroupOf(Person person, SimGroup group, Dice dice) {
        int first = dice.below(groups.size());
        for (int i = 0; i < Math.min(SEARCHED_GROUPS, groups.size()); i++) {
            SimGroup other = groups.get((first + i) % groups.size());
            if (other != group && other.has(person)) {
                return other;
            }
        }
        return null;
    }

    private SimGroup group(int index, SimulationSettings settings, Dice dice) {
        String[] store = STORES[dice.below(STORES.length)];
        int capacity = Math.max(USUAL_CAPACITY, 2 * settings.members());
        List<String> orgs = new ArrayList<>(List.of(store[0]));
        if (dice.chance(IN_TWO_PATHS)) {
            orgs.add("retail/team-" + (1 + dice.below(TEAMS)));
        }
        String theme = THEMES[dice.below(THEMES.length)];
        List<Person> crew = crew(index, dice);
        GroupProfile profile = new GroupProfile(
                String.format(Locale.ROOT, "g%04d", index + 1),
                store[1] + theme + (index + 1) + "群",
                orgs,
                capacity,
                List.of(theme),
                crew.get(0).id());
        Crowd crowd = new Crowd(settings.zone(), settings.around());
        return new SimGroup(profile, crew, customers(settings, capacity, dice), crowd, silentFrom(settings, dice));
    }

    private static List<Person> crew(int index, Dice dice) {
        List<Person> crew = new ArrayList<>();
        crew.add(Person.ofCrew("leader" + index, Role.LEADER));
        // Staff look after several groups each.
        int staff = 1 + dice.below(2);
        for (int i = 0; i < staff; i++) {
            crew.add(Person.ofCrew("staff" + (index / 8 * 3 + i), Role.STAFF));
        }
        if (dice.chance(0.5)) {
            crew.add(Person.ofCrew("bot1", Role.BOT));
        }
        return crew;
    }

    private IntArrayList customers(SimulationSettings settings, int capacity, Dice dice) {
        double drawn = dice.lognormal(settings.members() * 0.95, 0.32);
        int count = (int) Math.max(2, Math.min(capacity - 10, drawn));
        IntArrayList customers = new IntArrayList(count, Integer.MIN_VALUE);
        for (int i = 0; i < count; i++) {
            customers.addInt(comer(customers, dice));
        }
        return customers;
    }

    private static long silentFrom(SimulationSettings settings, Dice dice) {
        ShowTimes show = settings.show();
        long start = show == null ? settings.startMillis() : show.full();
        long length = settings.endMillis() - start;
        long span = show == null ? length : Math.min(SHOW_SPAN, length);
        double moment = dice.between(0.35, 0.65);
        return dice.chance(FALLS_SILENT) ? start + (long) (span * moment) : Long.MAX_VALUE;
    }

    private static double[] zipf(int size, Dice dice) {
        double[] weights = new double[size];
        for (int i = 0; i < size; i++) {
            weights[i] = 1 / (i + SHIFT);
        }
        for (int i = size - 1; i > 0; i--) {
            int j = dice.below(i + 1);
            double held = weights[i];
            weights[i] = weights[j];
            weights[j] = held;
        }
        return weights;
    }
}
