package io.grouppulse.eventlog.redis;

import io.grouppulse.eventlog.Document;
import io.grouppulse.redis.RedisLink;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A document as one string, replaced by its owner alone, and on as many replicas as an entry of the log needs. */
final class RedisDocument implements Document {
    private static final ShardKeys KEYS = new ShardKeys(ShardKeys.WHOLE);

    private final RedisLink link;
    private final RedisStoreSettings settings;
    private final Ownership ownership;
    private final String key;

    RedisDocument(RedisLink link, RedisStoreSettings settings, Ownership ownership, String name) {
        this.link = link;
        this.settings = settings;
        this.ownership = ownership;
        this.key = KEYS.document(name);
    }

    @Override
    public byte @Nullable [] read() throws IOException {
        Response content = Blocking.await(link.read(
                () -> link.send(Request.cmd(Command.GET).arg(key), settings.timeoutMillis()),
                settings.timeoutMillis()));
        return content == null ? null : content.toBytes();
    }

    @Override
    public void replace(byte[] content) throws IOException {
        List<Request> commands = new ArrayList<>();
        commands.add(Scripts.replace(KEYS, ownership.of(ShardKeys.WHOLE), key, content));
        if (settings.replicas() > 0) {
            commands.add(Request.cmd(Command.WAIT).arg(settings.replicas()).arg(settings.waitMillis()));
        }
        List<Response> answers = Blocking.await(link.batch(commands, settings.timeoutMillis() + settings.waitMillis()));
        if (Scripts.FENCED.equals(String.valueOf(answers.get(0)))) {
            ownership.contest(ShardKeys.WHOLE);
            throw new IOException("another monitor owns the store now, " + place() + " stays as it is");
        }
        if (settings.replicas() > 0 && answers.get(1).toInteger() < settings.replicas()) {
            throw new IOException(
                    "only " + answers.get(1) + " of " + settings.replicas() + " replicas have " + place());
        }
    }

    @Override
    public String place() {
        return "the key " + key + " at " + settings.address();
    }
}
