package io.grouppulse.eventlog.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.grouppulse.eventlog.Document;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** A document as one file; what was replaced survives a power failure. */
public final class FileDocument implements Document {
    private final Path file;

    private FileDocument(Path file) {
        this.file = file;
    }

    /** Creates the directory if need be. */
    public static FileDocument in(Path directory, String name) throws IOException {
        Files.createDirectories(directory);
        return new FileDocument(directory.resolve(name));
    }

    @Override
    public byte @Nullable [] read() throws IOException {
        return Files.exists(file) ? Files.readAllBytes(file) : null;
    }

    @Override
    public void replace(byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(fresh, CREATE, TRUNCATE_EXISTING, WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        // Without it the new name may be gone after a power failure.
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Directories.sync(parent);
        }
    }

    @Override
    public String place() {
        return file.toString();
    }
}
