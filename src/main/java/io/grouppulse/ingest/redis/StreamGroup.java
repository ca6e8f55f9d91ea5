package io.grouppulse.ingest.redis;

import io.grouppulse.redis.RedisException;
import io.grouppulse.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A consumer group on a stream, as one of its consumers asks for it. Fails with {@link RedisException}. */
final class StreamGroup {
    /** Before every entry. */
    static final String BEGINNING = "0-0";

    private static final long ANSWER_MILLIS = 4_000;

    private final StreamSettings settings;
    private final RedisLink link;
    private final AtomicBoolean opened = new AtomicBoolean();

    StreamGroup(Vertx vertx, StreamSettings settings) {
        this.settings = settings;
        this.link = new RedisLink(vertx, settings.address(), "source-" + settings.source());
    }

    /** @param next where to go on claiming; {@link #BEGINNING} when all was looked at */
    record Claimed(String next, List<StreamEntry> entries) {}

    /** Connects if that was never done; a lost connection comes back by itself. */
    Future<Void> open() {
        return opened.get() ? Future.succeededFuture() : link.open().onSuccess(done -> opened.set(true));
    }

    Future<Void> close() {
        return link.close();
    }

    /**
     * Makes the group where it is missing, with its stream.
     *
     * @param position the newest entry that this process has seen: a group that vanished goes on behind it
     */
    Future<Void> ensure(String position) {
        return startOf(position)
                .compose(start -> link.send(
                        Request.cmd(Command.XGROUP)
                                .arg("CREATE")
                                .arg(settings.stream())
                                .arg(settings.group())
                                .arg(start)
                                .arg("MKSTREAM"),
                        ANSWER_MILLIS))
                .<Void>mapEmpty()
                .recover(cause -> isCode(cause, "BUSYGROUP") ? Future.succeededFuture() : Future.failedFuture(cause));
    }

    /** A stream that begins again, shorter than what was seen, is read from its beginning: else nothing would be found. */
    private Future<String> startOf(String position) {
        if (position.equals(BEGINNING)) {
            return Future.succeededFuture(BEGINNING);
        }
        return link.send(
                        Request.cmd(Command.XREVRANGE)
                                .arg(settings.stream())
                                .arg("+")
                                .arg(position)
                                .arg("COUNT")
                                .arg("1"),
                        ANSWER_MILLIS)
                .map(newest -> newest == null || newest.size() == 0 ? BEGINNING : position);
    }

    /** Entries pending on this consumer, behind {@code after}. */
    Future<List<StreamEntry>> pending(String after, int count) {
        return read(after, count);
    }

    /** Entries that no consumer has been given yet; from now on they are pending on this one. */
    Future<List<StreamEntry>> fresh(int count) {
        return read(">", count);
    }

    /** Takes over entries that have been pending on some consumer for too long. */
    Future<Claimed> claim(String from, int count) {
        Request claim = Request.cmd(Command.XAUTOCLAIM)
                .arg(settings.stream())
                .arg(settings.group())
                .arg(settings.consumer())
                .arg(settings.claimAfter())
                .arg(from)
                .arg("COUNT")
                .arg(count);
        return link.send(claim, ANSWER_MILLIS)
                .map(answer -> answer == null
                        ? new Claimed(BEGINNING, List.of())
                        : new Claimed(answer.get(0).toString(), StreamEntry.list(answer.get(1))));
    }

    Future<Void> acknowledge(List<StreamEntry> entries) {
        Request ack = Request.cmd(Command.XACK).arg(settings.stream()).arg(settings.group());
        entries.forEach(entry -> ack.arg(entry.id()));
        return link.send(ack, ANSWER_MILLIS).mapEmpty();
    }

    /** Whether the stream or its group is not there any more. */
    static boolean isGone(Throwable cause) {
        return isCode(cause, "NOGROUP");
    }

    private Future<List<StreamEntry>> read(String after, int count) {
        Request read = Request.cmd(Command.XREADGROUP)
                .arg("GROUP")
                .arg(settings.group())
                .arg(settings.consumer())
                .arg("COUNT")
                .arg(count)
                .arg("STREAMS")
                .arg(settings.stream())
                .arg(after);
        return link.send(read, ANSWER_MILLIS).map(StreamGroup::entriesOf);
    }

    private static List<StreamEntry> entriesOf(@Nullable Response streams) {
        return streams == null || streams.size() == 0
                ? List.of()
                : StreamEntry.list(streams.get(0).get(1));
    }

    private static boolean isCode(Throwable cause, String code) {
        return cause instanceof RedisException refused && refused.code().equals(code);
    }
}
