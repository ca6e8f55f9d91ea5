package io.grouppulse.loadtests;

import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.event.GroupRoster;
import io.grouppulse.domain.event.Role;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.windowing.ShardEngine;
import java.util.ArrayList;
import java.util.List;

/** Live heap of one shard's engine: groups alone, with their rosters, after a burst of events, and quiet again. */
final class MemoryBench {
    private static final long DAY = 86_400_000;

    private MemoryBench() {}

    static void run(Options options) throws Exception {
        Report.machine();
        int groups = options.number("groups", 20_000);
        int members = options.number("members", 250);
        int events = options.number("events", 1_000_000);
        long now = System.currentTimeMillis() / DAY * DAY + 3_600_000;
        ShardEngine engine = new ShardEngine(GroupSettings.defaults(), false);
        long position = 0;
        long empty = live();
        for (int group = 0; group < groups; group++) {
            engine.apply(entry(++position, now, new GroupProfile(id(group), null, List.of(), 0, List.of(), null)));
        }
        engine.tick(now);
        long named = live();
        for (int group = 0; group < groups; group++) {
            engine.apply(entry(++position, now, roster(group, members, now)));
        }
        engine.tick(now);
        long enrolled = live();
        Workload workload = new Workload(groups, members, now, 20_000, 3);
        for (int done = 0; done < events; done += 10_000) {
            for (List<GroupInput> batch : workload.next(10_000, 250)) {
                engine.apply(new LogEntry(0, ++position, workload.now(), workload.now(), batch));
            }
            engine.tick(workload.now());
        }
        long active = live();
        long quietAt = workload.now();
        for (int hour = 1; hour <= 72; hour++) {
            engine.tick(quietAt + hour * 3_600_000L);
        }
        long quiet = live();
        System.out.printf("%,d groups × %,d members, live heap after a full collection:%n", groups, members);
        line("a group without members", named - empty, groups);
        line("a membership from a roster", enrolled - named, (long) groups * members);
        line("a group with its roster", enrolled - empty, groups);
        System.out.printf("after %,d events in %d s of event time (Zipf over the groups):%n", events, events / 20_000);
        line("more, by event", active - enrolled, events);
        line("a group on average", active - empty, groups);
        System.out.println("72 h later, without any event:");
        line("a quiet group with its roster", quiet - empty, groups);
        System.out.println(engine.size() + " groups kept");
    }

    private static LogEntry entry(long position, long now, GroupInput input) {
        return new LogEntry(0, position, now, now, List.of(input));
    }

    private static String id(int group) {
        return "g" + (100_000 + group);
    }

    /** Every id a string of its own, as the log gives it. */
    private static GroupRoster roster(int group, int members, long now) {
        List<GroupRoster.Entry> entries = new ArrayList<>(members);
        for (int member = 0; member < members; member++) {
            entries.add(new GroupRoster.Entry("u" + (100_000 + member), Role.CUSTOMER));
        }
        return new GroupRoster(id(group), now, 1, entries);
    }

    private static void line(String what, long bytes, long count) {
        System.out.printf("  %-40s %,12.1f bytes%n", what, (double) bytes / count);
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
