package io.grouppulse.ingest.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grouppulse.ingest.decode.FlatEvent;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a stream.
 *
 * @param fields names and values, by turns; null if the entry was deleted while it was pending
 */
record StreamEntry(String id, @Nullable List<byte[]> fields) {
    private static final String EVENT = "event";

    static StreamEntry of(Response entry) {
        Response fields = entry.get(1);
        if (fields == null) {
            return new StreamEntry(entry.get(0).toString(), null);
        }
        List<byte[]> parts = new ArrayList<>(fields.size());
        fields.forEach(part -> parts.add(part.toBytes()));
        return new StreamEntry(entry.get(0).toString(), parts);
    }

    static List<StreamEntry> list(@Nullable Response entries) {
        List<StreamEntry> list = new ArrayList<>();
        if (entries != null) {
            entries.forEach(entry -> {
                // A Redis before 7 answers nil for a deleted entry that it hands over, without its id.
                if (entry != null && entry.size() == 2) {
                    list.add(of(entry));
                }
            });
        }
        return list;
    }

    /** The event as JSON: the field {@code event}, or else all fields; null if the entry was deleted. */
    byte @Nullable [] json() {
        if (fields == null) {
            return null;
        }
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            if (new String(fields.get(i), UTF_8).equals(EVENT)) {
                return fields.get(i + 1);
            }
        }
        return FlatEvent.toJson(fields);
    }

    int bytes() {
        return fields == null
                ? 0
                : fields.stream().mapToInt(part -> part.length).sum();
    }
}
