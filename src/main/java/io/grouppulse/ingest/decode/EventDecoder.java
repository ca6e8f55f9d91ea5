package io.grouppulse.ingest.decode;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.ingest.Rejection;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of one JSON object into an event or a rejection. Not thread-safe; reuse one per thread: the parser and the
 * draft live on from event to event, so that little but the event itself is allocated.
 */
public final class EventDecoder {
    /** The most bytes that one event may have. */
    public static final int MAX_BYTES = 64 * 1024;

    /** How an event is wrapped. */
    public enum Shape {
        PLAIN,
        CLOUD_EVENT
    }

    private final TextCache recurring = new TextCache();
    private final Draft draft = new Draft(recurring);
    private final Draft envelope = new Draft(recurring);
    private final ReusableParser json = new ReusableParser();
    private String source = "";
    private @Nullable Rejection rejection;

    /** The event that the bytes hold, or null: then {@link #rejection()} says why. */
    public @Nullable GroupEvent decode(byte[] bytes, int from, int to, Shape shape, String defaultSource) {
        rejection = null;
        String fault = read(bytes, from, to, shape);
        String stated = draft.text(Field.SOURCE);
        source = stated == null ? defaultSource : stated;
        if (fault != null) {
            rejection = EventRules.reject(draft, Rejection.Code.MALFORMED_JSON, null, fault);
        } else if (rejection == null) {
            rejection = EventRules.check(draft);
        }
        GroupEvent event = rejection == null ? EventRules.build(draft, defaultSource) : null;
        // nothing of the event stays behind but names that recur, least of all its text
        draft.reset();
        envelope.reset();
        return event;
    }

    /** Why the last decode gave no event. */
    public Rejection rejection() {
        return Objects.requireNonNull(rejection);
    }

    /** The source of what was last decoded, as stated or by default. */
    public String source() {
        return source;
    }

    /** What is wrong with the bytes as JSON, or null. */
    private @Nullable String read(byte[] bytes, int from, int to, Shape shape) {
        int start = from;
        while (start < to && isSpace(bytes[start])) {
            start++;
        }
        int end = to;
        while (end > start && isSpace(bytes[end - 1])) {
            end--;
        }
        if (end - start > MAX_BYTES) {
            return "an event is at most " + MAX_BYTES + " bytes";
        }
        if (start == end || bytes[start] != '{') {
            return "an event is a JSON object";
        }
        if (!Utf8.isValid(bytes, start, end)) {
            return "not valid UTF-8";
        }
        String fault = parse(bytes, start, end, shape);
        json.settle(fault != null);
        return fault;
    }

    private @Nullable String parse(byte[] bytes, int start, int end, Shape shape) {
        try {
            json.feed(bytes, start, end);
            next();
            if (shape == Shape.PLAIN) {
                readEvent();
            } else {
                readEnvelope();
            }
            return json.unread() == 0 ? null : "something follows the object at byte " + (end - start - json.unread());
        } catch (Unreadable e) {
            return e.fault;
        } catch (StreamConstraintsException e) {
            return "nested deeper than " + ReusableParser.MAX_DEPTH + " levels";
        } catch (IOException e) {
            return faultAt(end - start);
        }
    }

    private String faultAt(int length) {
        try {
            int left = json.unread();
            return "not valid JSON at byte " + (length - left);
        } catch (IOException e) {
            return "not valid JSON";
        }
    }

    private void readEvent() throws IOException {
        for (JsonToken token = next(); token != JsonToken.END_OBJECT; token = next()) {
            String name = json.parser().currentName();
            readField(name, Field.ofWireName(name), draft);
        }
    }

    private void readEnvelope() throws IOException {
        boolean data = false;
        for (JsonToken token = next(); token != JsonToken.END_OBJECT; token = next()) {
            String name = json.parser().currentName();
            if (!name.equals("data")) {
                readField(name, ofAttribute(name), envelope);
            } else if (data) {
                throw new Unreadable("data is given twice");
            } else {
                data = true;
                readData();
            }
        }
        draft.fill(Field.ID, envelope);
        draft.fill(Field.SOURCE, envelope);
        draft.fill(Field.TS, envelope);
        draft.fill(Field.TYPE, envelope);
    }

    private void readData() throws IOException {
        JsonToken token = next();
        if (token == JsonToken.START_OBJECT) {
            readEvent();
        } else if (token != JsonToken.VALUE_NULL) {
            skip(token);
            rejection = new Rejection(Rejection.Code.BAD_FIELD, null, "data", "data must be the event, a JSON object");
        }
    }

    private static @Nullable Field ofAttribute(String name) {
        return switch (name) {
            case "id" -> Field.ID;
            case "source" -> Field.SOURCE;
            case "time" -> Field.TS;
            case "type" -> Field.TYPE;
            default -> null;
        };
    }

    private void readField(String name, @Nullable Field field, Draft into) throws IOException {
        if (field == null) {
            json.noteForeignName(name);
            skip(next());
            return;
        }
        if (!into.meet(field)) {
            throw new Unreadable(name + " is given twice");
        }
        JsonToken token = next();
        if (token.isStructStart()) {
            into.spoil(field);
            skip(token);
        } else {
            into.take(field, token, json.parser());
        }
    }

    private void skip(JsonToken first) throws IOException {
        JsonToken token = first;
        int depth = 0;
        while (true) {
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            }
            if (depth == 0) {
                return;
            }
            token = next();
        }
    }

    private JsonToken next() throws IOException {
        JsonToken token = json.parser().nextToken();
        if (token == null || token == JsonToken.NOT_AVAILABLE) {
            throw new Unreadable("the object does not end");
        }
        return token;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** Input that is JSON as far as the parser knows, and yet no event. */
    private static final class Unreadable extends IOException {
        private final String fault;

        Unreadable(String fault) {
            super(fault);
            this.fault = fault;
        }
    }
}
