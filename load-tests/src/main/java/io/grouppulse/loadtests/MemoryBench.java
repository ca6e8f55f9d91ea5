package io.grouppulse.loadtests;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.event.GroupRoster;
import io.grouppulse.domain.event.Role;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.windowing.ShardEngine;
import java.util.ArrayList;
import java.util.List;

/**
 * Live heap of one shard's engine: groups alone, with their rosters, and after a burst of events; each of the three as it
 * is at once, and after days without any event, asleep.
 */
final class MemoryBench {
    private static final long DAY = 86_400_000;
    private static final long HOUR = 3_600_000;
    private static final long MINUTE = 60_000;
    private static final int HOURS_OF_IDS = 6;
    private static final int HOURS_OF_QUIET = 72;
    private static final int DAYS_OF_FORGETTING = 40;

    private final int groups;
    private final int members;
    private final int events;
    private final long start = System.currentTimeMillis() / DAY * DAY + HOUR;
    private ShardEngine engine = new ShardEngine(GroupSettings.defaults(), false);
    private long position;

    private MemoryBench(Options options) {
        groups = options.number("groups", 20_000);
        members = options.number("members", 250);
        events = options.number("events", 1_000_000);
    }

    static void run(Options options) throws Exception {
        Report.machine();
        new MemoryBench(options).measure();
    }

    private void measure() throws Exception {
        System.out.printf("%,d groups x %,d members, live heap after a full collection:%n", groups, members);
        Report.section("memory");
        long empty = live();
        name();
        long named = live();
        line("a group without members", named - empty, groups);
        quiet(start, HOURS_OF_QUIET);
        long namedQuiet = live();
        line("a group without members, 72 h without events", namedQuiet - empty, groups);

        restart();
        name();
        enrol();
        long enrolled = live();
        line("a membership from a roster", enrolled - named, (long) groups * members);
        quiet(start, HOURS_OF_QUIET);
        long enrolledQuiet = live();
        line("a membership from a roster, 72 h without events", enrolledQuiet - namedQuiet, (long) groups * members);
        line("a group with its roster, after 72 h without events", enrolledQuiet - empty, groups);

        restart();
        name();
        enrol();
        long spoken = say();
        long talking = live();
        line("more, by membership of which each said one thing", talking - enrolled, (long) groups * members);
        idle(spoken);
        line("  the same 6 h later, their ids forgotten", live() - enrolled, (long) groups * members);

        restart();
        name();
        enrol();
        long now = play();
        long active = live();
        System.out.printf("after %,d events in %d s of event time (Zipf over the groups):%n", events, events / 20_000);
        line("more, by event", active - enrolled, events);
        line("a group on average", active - empty, groups);
        quiet(now, HOURS_OF_QUIET);
        long activeQuiet = live();
        line("a group 72 h later", activeQuiet - empty, groups);
        line("  more than one without events, by event", activeQuiet - enrolledQuiet, events);
        quiet(now + HOURS_OF_QUIET * HOUR, DAYS_OF_FORGETTING * 24);
        line("a group 43 days later", live() - empty, groups);
        System.out.println(engine.size() + " groups kept");
    }

    private void restart() {
        engine = new ShardEngine(GroupSettings.defaults(), false);
        position = 0;
    }

    private void name() {
        for (int group = 0; group < groups; group++) {
            engine.apply(entry(++position, start, new GroupProfile(id(group), null, List.of(), 0, List.of(), null)));
        }
        engine.tick(start);
    }

    private void enrol() {
        for (int group = 0; group < groups; group++) {
            engine.apply(entry(++position, start, roster(group, members, start)));
        }
        engine.tick(start);
    }

    private long play() {
        Workload workload = new Workload(groups, members, start, 20_000, 3);
        for (int done = 0; done < events; done += 10_000) {
            for (List<GroupInput> batch : workload.next(10_000, 250)) {
                engine.apply(new LogEntry(0, ++position, workload.now(), workload.now(), batch));
            }
            engine.tick(workload.now());
        }
        return workload.now();
    }

    /** Every member sends one message, all within ten minutes: what minutes take is the group's, not theirs. */
    private long say() {
        long now = start;
        for (int member = 0; member < members; member++) {
            now += 10 * MINUTE / members;
            List<GroupInput> messages = new ArrayList<>(groups);
            for (int group = 0; group < groups; group++) {
                messages.add(new GroupEvent(
                        "bench", "m" + member, EventType.MESSAGE_SENT, now, id(group), memberId(member), null, null,
                        GroupEvent.NO_AMOUNT, null, 0, null, null, null, null, null, null, null));
            }
            engine.apply(new LogEntry(0, ++position, now, now, messages));
            engine.tick(now);
        }
        return now;
    }

    /** Hours in which each group is told one thing that is no interaction, as the forgetting of ids waits for something to come. */
    private void idle(long from) {
        for (int hour = 1; hour <= HOURS_OF_IDS; hour++) {
            long now = from + hour * HOUR;
            List<GroupInput> shares = new ArrayList<>(groups);
            for (int group = 0; group < groups; group++) {
                shares.add(new GroupEvent(
                        "bench", "s" + hour, EventType.LIVE_STARTED, now, id(group), null, null, null,
                        GroupEvent.NO_AMOUNT, null, 0, null, null, null, null, null, null, null));
            }
            engine.apply(new LogEntry(0, ++position, now, now, shares));
            engine.tick(now);
        }
    }

    /** Time passes, and with it the clock of reception: one group goes on hearing of itself. */
    private void quiet(long from, int hours) {
        for (int hour = 1; hour <= hours; hour++) {
            long now = from + hour * HOUR;
            engine.apply(entry(++position, now, new GroupProfile("alive", null, List.of(), 0, List.of(), null)));
            engine.tick(now);
        }
    }

    private static LogEntry entry(long position, long now, GroupInput input) {
        return new LogEntry(0, position, now, now, List.of(input));
    }

    private static String id(int group) {
        return "g" + (100_000 + group);
    }

    /** A string of its own each time, as the log gives it. */
    private static String memberId(int member) {
        return "u" + (100_000 + member);
    }

    private static GroupRoster roster(int group, int members, long now) {
        List<GroupRoster.Entry> entries = new ArrayList<>(members);
        for (int member = 0; member < members; member++) {
            entries.add(new GroupRoster.Entry(memberId(member), Role.CUSTOMER));
        }
        return new GroupRoster(id(group), now, 1, entries);
    }

    private static void line(String what, long bytes, long count) {
        Report.line(what, List.of((double) bytes / count), 1, "bytes");
    }

    private static long live() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
