package io.grouppulse.publish.feed;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client in memory that reads at once, unless it is told to stop. */
final class FakeConnection implements FeedConnection {
    private final List<JsonObject> received = new ArrayList<>();
    private boolean writable = true;
    private boolean broken;
    private int flushes;
    private int closedWith;
    private @Nullable JsonObject state;

    static JsonObject json(Frame frame) {
        return new JsonObject(frame.json().toString(StandardCharsets.UTF_8));
    }

    void stopsReading() {
        writable = false;
    }

    void readsAgain() {
        writable = true;
    }

    /** From now on whatever is to be done with this client throws. */
    void breaks() {
        broken = true;
    }

    void mends() {
        broken = false;
    }

    /** What came since the last call. */
    List<JsonObject> drain() {
        List<JsonObject> some = List.copyOf(received);
        received.clear();
        return some;
    }

    /** What came since the last call, which must be one frame. */
    JsonObject only() {
        List<JsonObject> some = drain();
        if (some.size() != 1) {
            throw new AssertionError("expected one frame, got " + some);
        }
        return some.get(0);
    }

    /** The state that the frames so far add up to. */
    @Nullable JsonObject state() {
        return state;
    }

    int flushes() {
        return flushes;
    }

    int closedWith() {
        return closedWith;
    }

    @Override
    public void send(Bundle bundle, LoopWrites writes) {
        if (broken) {
            throw new IllegalStateException("broken");
        }
        flushes++;
        for (Frame frame : bundle.frames()) {
            JsonObject json = json(frame);
            received.add(json);
            if (json.getValue("data") instanceof JsonObject data) {
                boolean whole = "snapshot".equals(json.getString("kind"));
                state = whole || state == null ? data : MergePatchTest.apply(state, data);
            }
        }
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public long unreadBytes() {
        return 0;
    }

    @Override
    public void close(int code, String reason) {
        closedWith = code;
        if (broken) {
            throw new IllegalStateException("broken");
        }
    }
}
