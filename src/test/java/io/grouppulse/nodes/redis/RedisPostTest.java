package io.grouppulse.nodes.redis;

import static io.grouppulse.eventlog.Entries.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.nodes.Member;
import io.grouppulse.redis.RedisAddress;
import io.grouppulse.redis.RedisLink;
import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.RedisServer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Membership and inboxes on a real Redis. */
class RedisPostTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long LEASE_MILLIS = 20_000;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final List<Node> nodes = new ArrayList<>();
    private RedisServer redis;
    private RedisAddress address;

    @BeforeEach
    void start() throws Exception {
        redis = RedisServer.start(directory, "--appendonly", "yes", "--appendfsync", "always");
        address = RedisAddress.parse(redis.address());
    }

    @AfterEach
    void stop() {
        nodes.forEach(node -> {
            await(node.post.close());
            await(node.link.close());
        });
        await(vertx.close());
        redis.close();
    }

    private final class Node {
        private final Member self;
        private final RedisLink link;
        private final RedisMembership membership;
        private final RedisPost post;
        private final List<String> read = new CopyOnWriteArrayList<>();

        Node(String name, long leaseMillis) {
            self = Member.begin(name);
            link = new RedisLink(vertx, address, name);
            await(link.open());
            membership = new RedisMembership(link, leaseMillis);
            post = new RedisPost(vertx, address, self);
            nodes.add(this);
        }

        Node listening() {
            await(post.listen(message -> read.add(message.toString())));
            return this;
        }

        boolean send(Node to, String text) {
            return await(post.send(to.self, Buffer.buffer(text)));
        }
    }

    private Node node(String name) {
        Node node = new Node(name, LEASE_MILLIS);
        await(node.membership.tell(node.self));
        return node;
    }

    @Test
    void nodesSeeEachOther_untilOneLeaves_orItsLeaseRunsOut() throws Exception {
        Node a = node("a");
        Node b = node("b");
        Node brief = new Node("c", 300);

        assertThat(await(brief.membership.tell(brief.self)).stream().map(Member::name))
                .containsExactly("a", "b", "c");
        assertThat(Deadline.in(LIMIT)
                        .until(() -> await(a.membership.tell(a.self)).stream()
                                .map(Member::name)
                                .toList()
                                .equals(List.of("a", "b"))))
                .isTrue();
        await(b.membership.leave(b.self));
        assertThat(await(a.membership.tell(a.self))).containsExactly(a.self);
    }

    @Test
    void messages_comeOnceEach_inTheOrderInWhichTheyWereSent() throws Exception {
        Node a = node("a").listening();
        Node b = node("b").listening();
        List<String> texts = IntStream.range(0, 300).mapToObj(i -> "m" + i).toList();

        texts.forEach(text -> assertThat(a.send(b, text)).isTrue());

        assertThat(Deadline.in(LIMIT).until(() -> b.read.size() == texts.size()))
                .isTrue();
        assertThat(b.read).isEqualTo(texts);
        assertThat(b.post.lost()).isZero();
        assertThat(a.read).isEmpty();
    }

    @Test
    void nodeThatIsGone_orLivesAnotherLife_isSentNothing() {
        Node a = node("a").listening();
        Node b = node("b");
        Node again = node("b");

        assertThat(a.send(b, "to the one before")).isFalse();
        assertThat(a.send(again, "to the one now")).isTrue();
        await(again.membership.leave(again.self));
        assertThat(a.send(again, "too late")).isFalse();
    }

    @Test
    void messageThatIsMissing_isCounted_andTheOthersCome() throws Exception {
        Node a = node("a").listening();
        Node b = node("b");
        String inbox = RedisPost.inbox(b.self);
        for (String text : List.of("1", "2", "3")) {
            a.send(b, text);
        }
        String entries = redis.command("XRANGE", inbox, "-", "+");
        String second = entries.split("\r\n", -1)[allAt(entries)];
        redis.command("XDEL", inbox, second);

        b.listening();

        assertThat(Deadline.in(LIMIT).until(() -> b.read.size() == 2)).isTrue();
        assertThat(b.read).containsExactly("1", "3");
        assertThat(b.post.lost()).isEqualTo(1);
    }

    /** The line of the answer with the id of the second entry. */
    private static int allAt(String entries) {
        String[] lines = entries.split("\r\n", -1);
        int ids = 0;
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].matches("[0-9]{10,}-[0-9]+") && ++ids == 2) {
                return i;
            }
        }
        throw new AssertionError("no second entry in " + entries);
    }

    @Test
    void redisThatWasAway_orForgotEverything_leavesNoReaderDeaf() throws Exception {
        Node a = node("a").listening();
        Node b = node("b").listening();
        assertThat(a.send(b, "before")).isTrue();
        assertThat(Deadline.in(LIMIT).until(() -> b.read.size() == 1)).isTrue();

        redis.restart();
        assertThat(eventuallySends(a, b, "after a restart")).isTrue();
        assertThat(Deadline.in(LIMIT).until(() -> b.read.contains("after a restart")))
                .isTrue();
        redis.freeze();
        Deadline.pause(Duration.ofSeconds(4));
        redis.thaw();
        assertThat(eventuallySends(a, b, "after it stood still")).isTrue();
        assertThat(Deadline.in(LIMIT).until(() -> b.read.contains("after it stood still")))
                .isTrue();
        redis.command("FLUSHALL");
        assertThat(Deadline.in(LIMIT).until(() -> tells(b))).isTrue();
        assertThat(eventuallySends(a, b, "after it forgot")).isTrue();

        assertThat(Deadline.in(LIMIT).until(() -> b.read.contains("after it forgot")))
                .isTrue();
    }

    private static boolean eventuallySends(Node from, Node to, String text) throws Exception {
        return Deadline.in(LIMIT).until(() -> {
            try {
                return tells(to) && from.send(to, text);
            } catch (RuntimeException down) {
                return false;
            }
        });
    }

    private static boolean tells(Node node) {
        try {
            await(node.membership.tell(node.self));
            return true;
        } catch (RuntimeException down) {
            return false;
        }
    }
}
