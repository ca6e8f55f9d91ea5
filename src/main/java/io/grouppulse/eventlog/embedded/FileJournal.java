package io.grouppulse.eventlog.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.grouppulse.eventlog.Journal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;

/** Two files, the current one and the one before it, of bounded length each; for one thread. */
public final class FileJournal implements Journal {
    private static final long MAX_BYTES = 32L * 1024 * 1024;

    private final Path current;
    private final Path previous;
    private final int maxLines;
    private int lines;

    private FileJournal(Path current, Path previous, int maxLines) {
        this.current = current;
        this.previous = previous;
        this.maxLines = maxLines;
    }

    /**
     * Creates the directory if need be.
     *
     * @param maxLines of each of the two files
     */
    public static FileJournal in(Path directory, String name, int maxLines) throws IOException {
        Files.createDirectories(directory);
        return new FileJournal(directory.resolve(name + ".ndjson"), directory.resolve(name + ".1.ndjson"), maxLines);
    }

    @Override
    public void load(Consumer<String> receiver) throws IOException {
        load(previous, receiver);
        lines = load(current, receiver);
    }

    @Override
    public void append(List<String> more) throws IOException {
        byte[] bytes = (String.join("\n", more) + "\n").getBytes(UTF_8);
        if (lines + more.size() > maxLines || size() + bytes.length > MAX_BYTES) {
            rotate();
        }
        Files.write(current, bytes, CREATE, APPEND);
        lines += more.size();
    }

    @Override
    public void replace(List<String> all) throws IOException {
        Path draft = current.resolveSibling(current.getFileName() + ".new");
        Files.write(draft, all, UTF_8);
        Files.deleteIfExists(previous);
        Files.move(draft, current, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        lines = all.size();
    }

    @Override
    public String place() {
        return current.toString();
    }

    private void rotate() throws IOException {
        if (Files.exists(current)) {
            Files.move(current, previous, StandardCopyOption.REPLACE_EXISTING);
        }
        lines = 0;
    }

    private long size() throws IOException {
        return Files.exists(current) ? Files.size(current) : 0;
    }

    private static int load(Path file, Consumer<String> receiver) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        int read = 0;
        // a decoder of this kind replaces what a crash has left half written instead of failing on it
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(Files.newInputStream(file), UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                read++;
                receiver.accept(line);
            }
        }
        return read;
    }
}
