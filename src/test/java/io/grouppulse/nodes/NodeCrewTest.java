package io.grouppulse.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.eventlog.Entries;
import io.grouppulse.eventlog.ShardLeases;
import io.grouppulse.testing.Deadline;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Crews on a membership and leases in memory: whatever happens, each shard has one owner in the end, and one node leads. */
class NodeCrewTest {
    private static final int SHARDS = 7;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, Member> there = new TreeMap<>();
    private final Map<Integer, String> leases = new HashMap<>();
    /** Crews go through it while another one joins. */
    private final List<Node> nodes = new CopyOnWriteArrayList<>();
    /** Who takes a lease is told so after that. */
    private Future<Void> takesAreAnswered = Future.succeededFuture();
    /** When the rooms of the lead are open. */
    private Future<Void> leadIsOpen = Future.succeededFuture();

    private String cannotLead = "nobody";

    @AfterEach
    void stop() {
        Entries.await(vertx.close());
    }

    private final class Node implements Membership, ShardLeases, Rooms {
        private final Member self;
        private final NodeCrew crew;
        private final Set<Integer> open = ConcurrentHashMap.newKeySet();
        private volatile IntConsumer lost = shard -> {};
        private volatile boolean isStill;

        Node(String name, String format) {
            self = new Member(name, "life", format, false, false, Set.of());
            crew = new NodeCrew(vertx, this, this, this, self, SHARDS);
            nodes.add(this);
            crew.join();
        }

        /** Says nothing any more; others may take what it had. */
        void standStill() {
            isStill = true;
            synchronized (leases) {
                there.remove(self.name());
                leases.values().removeIf(self.name()::equals);
            }
        }

        /** Goes on, and finds what is another's now. */
        void goOn() {
            isStill = false;
            for (int shard : List.copyOf(open)) {
                synchronized (leases) {
                    if (self.name().equals(leases.get(shard))) {
                        continue;
                    }
                }
                lost.accept(shard);
            }
        }

        @Override
        public Future<List<Member>> tell(Member member) {
            if (isStill) {
                return Future.failedFuture("still");
            }
            synchronized (leases) {
                there.put(member.name(), member);
                return Future.succeededFuture(List.copyOf(there.values()));
            }
        }

        @Override
        public Future<Void> leave(Member member) {
            synchronized (leases) {
                there.remove(member.name());
            }
            return Future.succeededFuture();
        }

        @Override
        public Future<Boolean> take(int shard) {
            synchronized (leases) {
                boolean isOurs = self.name().equals(leases.computeIfAbsent(shard, free -> self.name()));
                return takesAreAnswered.map(isOurs);
            }
        }

        @Override
        public Future<Void> leave(int shard) {
            synchronized (leases) {
                leases.remove(shard, self.name());
            }
            return Future.succeededFuture();
        }

        @Override
        public boolean holds(int shard) {
            return !isStill;
        }

        @Override
        public long epoch(int shard) {
            return 1;
        }

        @Override
        public long leaseMillis() {
            return 60_000;
        }

        @Override
        public void onLost(IntConsumer listener) {
            lost = listener;
        }

        @Override
        public Future<Void> open(int shard) {
            assertThat(open.add(shard)).as("shard %d was opened once", shard).isTrue();
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> shut(int shard) {
            open.remove(shard);
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> openLead() {
            return self.name().equals(cannotLead)
                    ? Future.failedFuture("broken")
                    : open(WHOLE).compose(done -> leadIsOpen);
        }

        @Override
        public Future<Void> shutLead() {
            return shut(WHOLE);
        }

        @Override
        public void seen(CrewView view) {}

        @Override
        public void changed() {
            nodes.forEach(node -> node.crew.look());
        }
    }

    /** Each of these has as many shards as another, or one more or less; all of them have all; one leads. */
    private void assertSettled(List<Node> working) throws Exception {
        assertThat(Deadline.in(LIMIT).until(() -> {
                    List<Integer> all = working.stream()
                            .flatMap(node -> node.open.stream())
                            .sorted()
                            .toList();
                    int[] counts = working.stream()
                            .mapToInt(node -> (int) node.open.stream()
                                    .filter(shard -> shard >= 0)
                                    .count())
                            .sorted()
                            .toArray();
                    return all.equals(IntStream.range(ShardLeases.WHOLE, SHARDS)
                                    .boxed()
                                    .toList())
                            && counts[counts.length - 1] - counts[0] <= 1;
                }))
                .as("settled: %s", working.stream().map(node -> node.open).toList())
                .isTrue();
    }

    @Test
    void nodesThatJoinLeaveAndStandStill_shareAllShardsEvenly_eachOnce() throws Exception {
        Node a = new Node("a", "f");
        assertSettled(List.of(a));
        Node b = new Node("b", "f");
        Node c = new Node("c", "f");
        assertSettled(List.of(a, b, c));

        Entries.await(b.crew.leave());
        assertThat(b.open).isEmpty();
        assertSettled(List.of(a, c));

        a.standStill();
        assertSettled(List.of(c));
        a.goOn();
        assertSettled(List.of(a, c));
        assertThat(c.crew.view().members()).hasSize(2);
    }

    @Test
    void nodeOfAnotherVersion_waitsUntilTheOthersAreGone() throws Exception {
        Node old = new Node("old", "f1");
        assertSettled(List.of(old));
        Node fresh = new Node("fresh", "f2");

        assertThat(Deadline.in(LIMIT).until(() -> fresh.crew.waitsFor().equals("old")))
                .isTrue();
        assertSettled(List.of(old));
        assertThat(fresh.open).isEmpty();
        Entries.await(old.crew.leave());

        assertSettled(List.of(fresh));
        assertThat(fresh.crew.waitsFor()).isEmpty();
    }

    /** The last node of the old version starts again while one of the new version waits: one of both works. */
    @Test
    void nodesOfTwoVersionsOfWhichNoneWorks_doNotWaitForEachOther() throws Exception {
        synchronized (leases) {
            new Node("a", "f1");
            new Node("b", "f2");
            new Node("c", "f1");
        }

        assertThat(Deadline.in(LIMIT).until(() -> {
                    synchronized (leases) {
                        return leases.size() == SHARDS + 1;
                    }
                }))
                .isTrue();
        String version;
        synchronized (leases) {
            version = "b".equals(leases.get(ShardLeases.WHOLE)) ? "f2" : "f1";
        }
        List<Node> working = nodes.stream()
                .filter(node -> node.self.format().equals(version))
                .toList();
        List<Node> waiting =
                nodes.stream().filter(node -> !working.contains(node)).toList();
        assertSettled(working);
        assertThat(waiting).allSatisfy(node -> assertThat(node.open).isEmpty());

        for (Node node : working) {
            Entries.await(node.crew.leave());
        }
        assertSettled(waiting);
    }

    @Test
    void nodeThatLeavesWhileItIsGivenLeases_keepsNone() throws Exception {
        Promise<Void> answer = Promise.promise();
        takesAreAnswered = answer.future();
        Node a = new Node("a", "f");
        assertThat(Deadline.in(LIMIT).until(() -> {
                    synchronized (leases) {
                        return leases.size() == SHARDS + 1;
                    }
                }))
                .isTrue();
        Future<Void> left = a.crew.leave();
        answer.complete();

        Entries.await(left);
        synchronized (leases) {
            assertThat(leases).isEmpty();
            assertThat(a.open).isEmpty();
        }
    }

    /** Whoever hears of a tick answers the node that leads, and drops the answer if there is none. */
    @Test
    void nodeThatGetsTheLead_isKnownToHaveIt_beforeItsRoomsAreOpen() throws Exception {
        Promise<Void> opened = Promise.promise();
        leadIsOpen = opened.future();
        Node a = new Node("a", "f");
        Node b = new Node("b", "f");

        assertThat(Deadline.in(LIMIT)
                        .until(() ->
                                a.crew.view().leader() != null && b.crew.view().leader() != null))
                .isTrue();
        opened.complete();
        assertSettled(List.of(a, b));
    }

    @Test
    void nodeThatCannotLead_leavesItToAnother() throws Exception {
        cannotLead = "a";
        Node a = new Node("a", "f");
        Node b = new Node("b", "f");

        assertThat(Deadline.in(LIMIT).until(() -> {
                    Member leader = a.crew.view().leader();
                    return b.open.contains(ShardLeases.WHOLE) && leader != null && leader.isSame(b.self);
                }))
                .isTrue();
        assertThat(a.open).doesNotContain(ShardLeases.WHOLE);
    }
}
