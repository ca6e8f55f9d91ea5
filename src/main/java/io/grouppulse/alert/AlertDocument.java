package io.grouppulse.alert;

import io.grouppulse.eventlog.Document;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;

/** What the alert room must remember, as one document of the store, replaced as a whole. Blocks. */
public final class AlertDocument {
    private final Document document;
    private volatile SavedAlerts found = SavedAlerts.NONE;

    private AlertDocument(Document document) {
        this.document = document;
    }

    /** @throws IOException if the document cannot be read or is not what was written; the message names it */
    public static AlertDocument open(Document document) throws IOException {
        AlertDocument alerts = new AlertDocument(document);
        alerts.readAgain();
        return alerts;
    }

    /** As {@link #open}, for what another monitor may have written since. */
    public void readAgain() throws IOException {
        byte[] bytes = document.read();
        try {
            found = bytes == null ? SavedAlerts.NONE : SavedAlerts.ofJson(new JsonObject(Buffer.buffer(bytes)));
        } catch (RuntimeException e) {
            throw new IOException(
                    "the alerts in " + document.place()
                            + " cannot be read: restore them, or move them away to start without",
                    e);
        }
    }

    /** What it held when it was last read. */
    SavedAlerts found() {
        return found;
    }

    /** Returns once it is durable. */
    void replace(SavedAlerts alerts) throws IOException {
        document.replace(alerts.toJson().toBuffer().getBytes());
    }
}
