package io.grouppulse.nodes.redis;

import io.grouppulse.nodes.Member;
import io.grouppulse.nodes.Post;
import io.grouppulse.redis.RedisAddress;
import io.grouppulse.redis.RedisException;
import io.grouppulse.redis.RedisLink;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An inbox is a stream of its own for each life of a node. It is read from its beginning each time, and what was read is
 * deleted: so no position can be ahead of a server that took over. Each message carries its number among those of its
 * sender, by which one that comes twice is known, and one that is missing noticed.
 */
public final class RedisPost implements Post {
    private static final Logger LOG = LoggerFactory.getLogger(RedisPost.class);
    private static final long TIMEOUT_MILLIS = 3_000;
    private static final long BLOCK_MILLIS = 500;
    private static final long PAUSE_MILLIS = 100;
    private static final int AT_A_TIME = 64;
    private static final int MOST_WAITING = 20_000;
    private static final long UNREAD_MILLIS = 60_000;

    private static final String SEND = """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'gone' end
        redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[2], '*', 'from', ARGV[4], 'n', ARGV[5], 'm', ARGV[6])
        redis.call('PEXPIRE', KEYS[2], ARGV[3])
        return 'done'
        """;

    private final Vertx vertx;
    private final RedisLink out;
    private final RedisLink in;
    private final Member self;
    private final Map<String, Long> sent = new HashMap<>();
    private final Map<String, Long> read = new HashMap<>();
    private final LongAdder lost = new LongAdder();
    private List<String> done = List.of();
    private volatile boolean closed;

    /** @param self the name and the life of this node */
    public RedisPost(Vertx vertx, RedisAddress address, Member self) {
        this.vertx = vertx;
        this.self = self;
        this.out = new RedisLink(vertx, address, "post");
        this.in = out.sibling("inbox");
    }

    static String inbox(Member of) {
        return "{gp}:inbox:" + of.name() + ":" + of.life();
    }

    /** Messages to this node that never came. */
    public long lost() {
        return lost.sum();
    }

    @Override
    public Future<Boolean> send(Member to, Buffer message) {
        synchronized (sent) {
            long number = sent.merge(inbox(to), 1L, Long::sum);
            Request send = Request.cmd(Command.EVAL)
                    .arg(SEND)
                    .arg(2)
                    .arg(RedisMembership.lease(to.name()))
                    .arg(inbox(to))
                    .arg(to.life())
                    .arg(MOST_WAITING)
                    .arg(UNREAD_MILLIS)
                    .arg(inbox(self))
                    .arg(number)
                    .arg(message);
            return out.send(send, TIMEOUT_MILLIS).map(answer -> "done".equals(String.valueOf(answer)));
        }
    }

    @Override
    public Future<Void> listen(Handler<Buffer> reader) {
        Context context = vertx.getOrCreateContext();
        return out.open().compose(opened -> in.open()).onSuccess(opened -> context.runOnContext(v -> read(reader)));
    }

    /** It begins with a write: a server that is no master any more refuses it, and another one is looked for. */
    private void read(Handler<Buffer> reader) {
        if (closed) {
            return;
        }
        String key = inbox(self);
        List<Request> round = new ArrayList<>();
        Request forget = Request.cmd(Command.XDEL).arg(key).arg("0-1");
        done.forEach(forget::arg);
        round.add(forget);
        round.add(Request.cmd(Command.XREAD)
                .arg("COUNT")
                .arg(AT_A_TIME)
                .arg("BLOCK")
                .arg(BLOCK_MILLIS)
                .arg("STREAMS")
                .arg(key)
                .arg("0"));
        Context context = vertx.getOrCreateContext();
        in.batch(round, TIMEOUT_MILLIS)
                .onComplete(answer -> context.runOnContext(v -> {
                    if (closed) {
                        return;
                    }
                    if (answer.succeeded()) {
                        take(answer.result().get(1), reader);
                        read(reader);
                    } else {
                        if (answer.cause() instanceof RedisException refused && !refused.isOfConnection()) {
                            LOG.warn("the inbox cannot be read: {}", refused.getMessage());
                        }
                        vertx.setTimer(PAUSE_MILLIS, again -> read(reader));
                    }
                }));
    }

    private void take(Response streams, Handler<Buffer> reader) {
        List<String> taken = new ArrayList<>();
        if (streams != null && streams.size() > 0) {
            for (Response entry : streams.get(0).get(1)) {
                taken.add(entry.get(0).toString());
                Response fields = entry.get(1);
                if (isNew(fields.get(1).toString(), fields.get(3).toLong())) {
                    reader.handle(fields.get(5).toBuffer());
                }
            }
        }
        done = taken;
    }

    private boolean isNew(String from, long number) {
        long before = read.getOrDefault(from, 0L);
        if (number <= before) {
            return false;
        }
        if (before > 0 && number > before + 1) {
            lost.add(number - before - 1);
        }
        read.put(from, number);
        return true;
    }

    @Override
    public Future<Void> close() {
        closed = true;
        return out.close().eventually(in::close);
    }
}
