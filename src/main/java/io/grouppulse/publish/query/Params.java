package io.grouppulse.publish.query;

import io.grouppulse.access.Reach;
import io.grouppulse.domain.time.Durations;
import io.grouppulse.http.BadInput;
import io.grouppulse.publish.Calendar;
import io.grouppulse.publish.Scope;
import io.vertx.core.MultiMap;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The query parameters of a request, read strictly: unknown and repeated ones are errors. */
final class Params {
    static final int MAX_LIMIT = 1_000;
    private static final int DEFAULT_LIMIT = 50;

    private final MultiMap query;

    Params(MultiMap query, Set<String> allowed) throws BadInput {
        this.query = query;
        for (String name : query.names()) {
            if (!allowed.contains(name)) {
                throw BadInput.badField(name, "there is no parameter " + name + " here");
            }
            if (query.getAll(name).size() > 1) {
                throw BadInput.badField(name, name + " is given more than once");
            }
        }
    }

    @Nullable String text(String name) {
        String value = query.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    String text(String name, String otherwise) {
        String value = text(name);
        return value == null ? otherwise : value;
    }

    int limit() throws BadInput {
        String value = text("limit");
        if (value == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(value);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // falls through to the same answer as a number out of range
        }
        throw BadInput.badField("limit", "limit must be a whole number from 1 to " + MAX_LIMIT);
    }

    /** A time as epoch millis or RFC 3339. */
    long time(String name, long otherwise) throws BadInput {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        try {
            return value.chars().allMatch(c -> c >= '0' && c <= '9')
                    ? Long.parseLong(value)
                    : OffsetDateTime.parse(value).toInstant().toEpochMilli();
        } catch (NumberFormatException | DateTimeParseException | ArithmeticException e) {
            throw BadInput.badField(name, name + " must be epoch milliseconds or an RFC 3339 time with offset");
        }
    }

    /** A time that a calendar has, epoch millis from 0; -1 when there is none. */
    long moment(String name) throws BadInput {
        long time = time(name, -1);
        if (text(name) != null && (time < 0 || time > Calendar.LATEST)) {
            throw BadInput.badField(name, name + " must lie between the years 1970 and 9999");
        }
        return time;
    }

    long duration(String name, long otherwise) throws BadInput {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        try {
            return Durations.parseMillis(value);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw BadInput.badField(name, name + ": " + e.getMessage());
        }
    }

    /** What is asked about; when nothing is said the root, which stands for what the reader has. */
    Scope scope(Reach reach) throws BadInput {
        return scope(reach, "group:{id} or org:{path}");
    }

    /** @param allowed what may be asked about here, to complete the sentence "scope must be …" */
    Scope scope(Reach reach, String allowed) throws BadInput {
        String value = text("scope");
        Scope scope = value == null ? Scope.ROOT : Scope.parse(value);
        if (scope == null) {
            throw BadInput.badField("scope", "scope must be " + allowed);
        }
        return scope.isRoot() ? Scope.rootOf(reach) : scope;
    }

    boolean flag(String name) throws BadInput {
        return switch (text(name, "false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw BadInput.badField(name, name + " must be true or false");
        };
    }

    List<String> list(String name) {
        String value = text(name);
        return value == null ? List.of() : List.of(value.split(",", -1));
    }
}
