package io.grouppulse.eventlog.redis;

import io.grouppulse.eventlog.EventCodec;
import io.grouppulse.eventlog.LogDamagedException;
import io.grouppulse.eventlog.LogEntry;
import io.vertx.redis.client.Response;

/** An entry as Redis keeps it, with its tag and the tag of the one before it. */
record StoredEntry(LogEntry entry, String tag, String before) {

    /** @throws LogDamagedException if it is not what was written */
    static StoredEntry of(int shard, Response item) {
        String id = item.get(0).toString();
        Response fields = item.get(1);
        if (!id.startsWith("0-") || fields.size() != 10) {
            throw new LogDamagedException("entry " + id + " of shard " + shard + " was not written by a monitor");
        }
        LogEntry entry = new LogEntry(
                shard,
                Long.parseLong(id.substring(2)),
                fields.get(5).toLong(),
                fields.get(7).toLong(),
                EventCodec.decode(fields.get(9).toBytes()));
        return new StoredEntry(entry, fields.get(1).toString(), fields.get(3).toString());
    }
}
