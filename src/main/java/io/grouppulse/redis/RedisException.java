package io.grouppulse.redis;

import io.vertx.redis.client.Response;
import java.util.Locale;

/** Redis refused a command or did not answer. The message holds no key's content. */
public final class RedisException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 160;

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
        return switch (code) {
            case "CONNECTION", "READONLY", "LOADING", "MASTERDOWN", "CLUSTERDOWN", "MOVED", "UNBLOCKED" -> true;
            default -> false;
        };
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
            String code = message.split(" ", 2)[0].toUpperCase(Locale.ROOT);
            if (code.equals("CONNECTION_CLOSED")) {
                return noConnection(address, "it was closed");
            }
            return new RedisException(code, "Redis at " + address + " answered: " + message);
        }
        return noConnection(address, String.valueOf(cause.getMessage()));
    }

    private static String shortened(String text) {
        String line = text.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
