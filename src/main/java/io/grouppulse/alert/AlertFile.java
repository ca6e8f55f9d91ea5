package io.grouppulse.alert;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** {@code alerts.json} under data.dir, replaced as a whole: after a crash it is the old one or the new one. Blocks. */
public final class AlertFile {
    private final Path file;
    private final SavedAlerts found;

    private AlertFile(Path file, SavedAlerts found) {
        this.file = file;
        this.found = found;
    }

    /** @throws IOException if the file cannot be read or is not what was written; the message names it */
    public static AlertFile open(Path dataDir) throws IOException {
        Files.createDirectories(dataDir);
        Path file = dataDir.resolve("alerts.json");
        if (!Files.exists(file)) {
            return new AlertFile(file, SavedAlerts.NONE);
        }
        byte[] bytes = Files.readAllBytes(file);
        try {
            return new AlertFile(file, SavedAlerts.ofJson(new JsonObject(Buffer.buffer(bytes))));
        } catch (RuntimeException e) {
            throw new IOException(
                    "the alerts in " + file + " cannot be read: restore the file, or move it away to start without", e);
        }
    }

    /** What it held when it was opened. */
    SavedAlerts found() {
        return found;
    }

    /** Returns once it would survive a power failure. */
    void replace(SavedAlerts alerts) throws IOException {
        Path fresh = file.resolveSibling("alerts.json.tmp");
        try (FileChannel channel = FileChannel.open(fresh, CREATE, TRUNCATE_EXISTING, WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(alerts.toJson().toBuffer().getBytes());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent(), READ)) {
            directory.force(true);
        }
    }
}
