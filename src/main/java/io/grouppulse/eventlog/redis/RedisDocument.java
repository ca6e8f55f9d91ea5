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

/** A document as one string, replaced by one SET that as many replicas have as an entry of the log needs. */
final class RedisDocument implements Document {
    private final RedisLink link;
    private final RedisStoreSettings settings;
    private final String key;

    RedisDocument(RedisLink link, RedisStoreSettings settings, String key) {
        this.link = link;
        this.settings = settings;
        this.key = key;
    }

    @Override
    public byte @Nullable [] read() throws IOException {
        Response content = Blocking.await(link.send(Request.cmd(Command.GET).arg(key), settings.timeoutMillis()));
        return content == null ? null : content.toBytes();
    }

    @Override
    public void replace(byte[] content) throws IOException {
        List<Request> commands = new ArrayList<>();
        commands.add(Request.cmd(Command.SET).arg(key).arg(content));
        if (settings.replicas() > 0) {
            commands.add(Request.cmd(Command.WAIT).arg(settings.replicas()).arg(settings.waitMillis()));
        }
        List<Response> answers = Blocking.await(link.batch(commands, settings.timeoutMillis() + settings.waitMillis()));
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
