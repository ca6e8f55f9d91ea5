package io.grouppulse.redis;

import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Redis refused a command or did not answer. The message holds no key's content. */
public final class RedisException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 160;
    private static final Pattern PLACE_IN_BATCH = Pattern.compile("^ERR \\[[0-9]+] ");
    private static final List<String> ELSEWHERE =
            List.of("CONNECTION", "READONLY", "LOADING", "MASTERDOWN", "CLUSTERDOWN", "MOVED", "UNBLOCKED");
    private static final String CLIENT_QUEUE_FULL = "Queue is full";

    private final String code;

    private RedisException(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** The first word of the answer, such as {@code READONLY}; {@code CONNECTION} if there was no answer. */
    public String code() {
        return code;
    }

    /** Whether another connection, perhaps to another server, may do better. */
    public boolean isOfConnection() {
        return ELSEWHERE.contains(code);
    }

    static RedisException noConnection(RedisAddress address, String why) {
        return new RedisException("CONNECTION", "no connection to " + address + ": " + shortened(why));
    }

    /** What the client says may hold the whole command: only the server's own words are kept. */
    static RedisException of(RedisAddress address, Throwable cause) {
        if (cause instanceof RedisException known) {
            return known;
        }
        if (cause instanceof Response) {
            String message = shortened(String.valueOf(cause.getMessage()));
            message = PLACE_IN_BATCH.matcher(message).replaceFirst("");
            String code = message.split(" ", 2)[0].toUpperCase(Locale.ROOT);
            if (code.equals("CONNECTION_CLOSED")) {
                return noConnection(address, "it was closed");
            }
            // An older Redis tells what went wrong in a script at the end of another message.
            String said = message;
            code = ELSEWHERE.stream().filter(said::contains).findFirst().orElse(code);
            return new RedisException(code, "Redis at " + address + " answered: " + message);
        }
        String message = String.valueOf(cause.getMessage());
        return message.contains(CLIENT_QUEUE_FULL)
                ? new RedisException("BUSY", "too many commands wait for an answer of " + address)
                : noConnection(address, message);
    }

    private static String shortened(String text) {
        String line = text.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
