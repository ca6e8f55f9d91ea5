package io.grouppulse.eventlog.redis;

import io.grouppulse.eventlog.DocumentChangedException;
import io.grouppulse.eventlog.Journal;
import io.grouppulse.redis.RedisLink;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A journal as one list, to which every node appends. */
final class RedisJournal implements Journal {
    private static final int READ_AT_A_TIME = 1_000;

    private final RedisLink link;
    private final RedisStoreSettings settings;
    private final String key;
    private final int maxLines;
    private final SecureRandom random = new SecureRandom();
    private int loaded;
    private String newest = "";

    RedisJournal(RedisLink link, RedisStoreSettings settings, String key, int maxLines) {
        this.link = link;
        this.settings = settings;
        this.key = key;
        this.maxLines = maxLines;
    }

    @Override
    public synchronized void load(Consumer<String> receiver) throws IOException {
        loaded = 0;
        newest = "";
        int size = READ_AT_A_TIME;
        for (int from = 0; size == READ_AT_A_TIME; from += READ_AT_A_TIME) {
            String first = Integer.toString(from);
            String last = Integer.toString(from + READ_AT_A_TIME - 1);
            Response lines = Blocking.await(link.read(
                    () -> link.send(
                            Request.cmd(Command.LRANGE).arg(key).arg(first).arg(last), settings.timeoutMillis()),
                    settings.timeoutMillis()));
            size = lines == null ? 0 : lines.size();
            for (int i = 0; i < size; i++) {
                newest = lines.get(i).toString(StandardCharsets.UTF_8);
                loaded++;
                receiver.accept(newest);
            }
        }
    }

    @Override
    public void append(List<String> lines) throws IOException {
        Request push = push(key, lines);
        Request trim = Request.cmd(Command.LTRIM).arg(key).arg(-maxLines).arg(-1);
        Blocking.await(link.batch(List.of(push, trim), settings.timeoutMillis()));
    }

    @Override
    public synchronized void replace(List<String> lines) throws IOException {
        String draft = key + ":new:" + Long.toUnsignedString(random.nextLong(), Character.MAX_RADIX);
        List<Request> steps = new ArrayList<>();
        if (!lines.isEmpty()) {
            steps.add(push(draft, lines));
        }
        steps.add(Scripts.replaceListIfSame(key, draft, loaded, newest));
        List<Response> answers = Blocking.await(link.batch(steps, settings.timeoutMillis()));
        if (!Scripts.DONE.equals(String.valueOf(answers.get(answers.size() - 1)))) {
            throw new DocumentChangedException(place());
        }
    }

    private static Request push(String to, List<String> lines) {
        Request push = Request.cmd(Command.RPUSH).arg(to);
        lines.forEach(line -> push.arg(line.getBytes(StandardCharsets.UTF_8)));
        return push;
    }

    @Override
    public String place() {
        return "the key " + key + " at " + settings.address();
    }
}
