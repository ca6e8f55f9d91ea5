package io.grouppulse.eventlog.redis;

import io.grouppulse.eventlog.Document;
import io.grouppulse.eventlog.DocumentChangedException;
import io.grouppulse.redis.RedisLink;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document as one string that any node may replace, if it is still what that node has read; and on as many replicas as
 * an entry of the log needs.
 */
final class SharedDocument implements Document {
    private static final String NOTHING = "";

    private final RedisLink link;
    private final RedisStoreSettings settings;
    private final String key;
    private String seen = NOTHING;

    SharedDocument(RedisLink link, RedisStoreSettings settings, String name) {
        this.link = link;
        this.settings = settings;
        this.key = new ShardKeys(ShardKeys.WHOLE).document(name);
    }

    @Override
    public synchronized byte @Nullable [] read() throws IOException {
        Response content = Blocking.await(link.send(Request.cmd(Command.GET).arg(key), settings.timeoutMillis()));
        byte[] bytes = content == null ? null : content.toBytes();
        seen = digest(bytes);
        return bytes;
    }

    @Override
    public synchronized boolean isChanged() throws IOException {
        Response now = Blocking.await(link.send(Scripts.digest(key), settings.timeoutMillis()));
        return !seen.equals(String.valueOf(now));
    }

    @Override
    public synchronized void replace(byte[] content) throws IOException {
        List<Request> commands = new ArrayList<>();
        commands.add(Scripts.replaceIfSame(key, seen, content));
        if (settings.replicas() > 0) {
            commands.add(Request.cmd(Command.WAIT).arg(settings.replicas()).arg(settings.waitMillis()));
        }
        List<Response> answers = Blocking.await(link.batch(commands, settings.timeoutMillis() + settings.waitMillis()));
        if (!Scripts.DONE.equals(String.valueOf(answers.get(0)))) {
            throw new DocumentChangedException(place());
        }
        seen = digest(content);
        if (settings.replicas() > 0 && answers.get(1).toInteger() < settings.replicas()) {
            throw new IOException(
                    "only " + answers.get(1) + " of " + settings.replicas() + " replicas have " + place());
        }
    }

    private static String digest(byte @Nullable [] content) {
        try {
            return content == null
                    ? NOTHING
                    : HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-1").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String place() {
        return "the key " + key + " at " + settings.address();
    }
}
