package io.grouppulse.ingest.callback.wecom;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The version that a chat's roster has reached, as a line of the journal. */
record RosterLine(String source, String chat, String version) {
    /** Null for a line that a crash has left half written. */
    static @Nullable RosterLine parse(String line) {
        try {
            JsonObject json = new JsonObject(line);
            String source = json.getString("source");
            String chat = json.getString("chat");
            String version = json.getString("version");
            return source == null || chat == null || version == null ? null : new RosterLine(source, chat, version);
        } catch (DecodeException | ClassCastException e) {
            return null;
        }
    }

    String encode() {
        return new JsonObject()
                .put("source", source)
                .put("chat", chat)
                .put("version", version)
                .encode();
    }
}
