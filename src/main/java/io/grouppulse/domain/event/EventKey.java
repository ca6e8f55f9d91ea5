package io.grouppulse.domain.event;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hashing;

/**
 * 64-bit identities of (source, id) pairs. With 10 million ids remembered in one group, the chance that any two
 * collide is below 3 in a million.
 */
public final class EventKey {
    private static final ThreadLocal<HashStream64> STREAMS =
            ThreadLocal.withInitial(() -> Hashing.xxh3_64().hashStream());

    private EventKey() {}

    /** The identity of an event, an order or a message within its source. */
    public static long of(String source, String id) {
        HashStream64 stream = STREAMS.get();
        return stream.reset().putString(source).putString(id).getAsLong();
    }
}
