package io.grouppulse.eventlog.embedded;

import io.grouppulse.eventlog.IdsAsStored;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The directory {@code data.dir}: held by one process at a time, with the format and the number of shards it was
 * created with. Closed after the log and the group store in it.
 */
public final class StoreLayout implements AutoCloseable {
    static final int FORMAT = 1;

    private static final String PROPERTIES = "store.properties";
    private static final String FORMAT_KEY = "format";
    private static final String SHARDS_KEY = "shards";
    private static final String PSEUDONYMS_KEY = "pseudonyms";

    private final Path directory;
    private final int shards;
    private final FileChannel lock;

    private StoreLayout(Path directory, int shards, FileChannel lock) {
        this.directory = directory;
        this.shards = shards;
        this.lock = lock;
    }

    /**
     * Opens the directory, creating it if need be; blocks.
     *
     * @throws IllegalStateException if another process holds it or if it was created with other settings
     */
    public static StoreLayout open(Path directory, int shards) {
        return open(directory, shards, null);
    }

    /** @param pseudonyms fingerprint of the key of the pseudonyms in it; null if it holds ids as they came */
    public static StoreLayout open(Path directory, int shards, @Nullable String pseudonyms) {
        if (shards < 1) {
            throw new IllegalArgumentException("shards must be at least 1: " + shards);
        }
        try {
            Files.createDirectories(directory);
            FileChannel lock = lock(directory);
            try {
                agree(directory, shards, pseudonyms == null ? IdsAsStored.AS_THEY_CAME : pseudonyms);
                Files.createDirectories(directory.resolve("log"));
                Directories.sync(directory);
                return new StoreLayout(directory, shards, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open data.dir " + directory + ": " + e.getMessage(), e);
        }
    }

    public Path directory() {
        return directory;
    }

    public int shards() {
        return shards;
    }

    Path logDirectory() {
        return directory.resolve("log");
    }

    Path groupsFile() {
        return directory.resolve("groups.mv");
    }

    /** Lets another process have the directory. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new IllegalStateException("data.dir " + directory
                    + " is in use by another GroupPulse: stop that one, or give this one a data.dir of its own");
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void agree(Path directory, int shards, String pseudonyms) throws IOException {
        Path file = directory.resolve(PROPERTIES);
        if (Files.exists(file)) {
            Properties properties = read(file);
            check(directory, properties, shards);
            checkPseudonyms(directory, properties.getProperty(PSEUDONYMS_KEY, IdsAsStored.AS_THEY_CAME), pseudonyms);
        } else if (Files.exists(directory.resolve("log")) || Files.exists(directory.resolve("groups.mv"))) {
            throw new IllegalStateException("data.dir " + directory + " holds data but no " + PROPERTIES
                    + ": restore that file (format=" + FORMAT + ", shards=the number it was created with)");
        } else {
            write(directory, file, shards, pseudonyms);
        }
    }

    private static void check(Path directory, Properties properties, int shards) {
        int format = number(directory, properties, FORMAT_KEY);
        if (format != FORMAT) {
            throw new IllegalStateException("data.dir " + directory + " has format " + format
                    + ", this version reads format " + FORMAT + ": start the version that wrote it");
        }
        int created = number(directory, properties, SHARDS_KEY);
        if (created != shards) {
            throw new IllegalStateException("data.dir " + directory + " was created with shards: " + created
                    + ", settings say " + shards + ": set shards to " + created + ", or start with an empty data.dir");
        }
    }

    private static void checkPseudonyms(Path directory, String created, String pseudonyms) {
        String conflict = IdsAsStored.conflict(created, pseudonyms);
        if (conflict != null) {
            throw new IllegalStateException(
                    "data.dir " + directory + " " + conflict + ", or start with an empty data.dir");
        }
    }

    private static int number(Path directory, Properties properties, String key) {
        String value = properties.getProperty(key, "");
        try {
            return Integer.parseInt(value.trim());
        } catch (NumberFormatException e) {
            throw new IllegalStateException(
                    directory.resolve(PROPERTIES) + " says " + key + "='" + value + "', which is no number: restore it",
                    e);
        }
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }

    private static void write(Path directory, Path file, int shards, String pseudonyms) throws IOException {
        Properties properties = new Properties();
        properties.setProperty(FORMAT_KEY, Integer.toString(FORMAT));
        properties.setProperty(SHARDS_KEY, Integer.toString(shards));
        properties.setProperty(PSEUDONYMS_KEY, pseudonyms);
        Path draft = directory.resolve(PROPERTIES + ".new");
        try (Writer writer = Files.newBufferedWriter(draft)) {
            properties.store(writer, "How this GroupPulse store was created; do not change.");
        }
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Directories.sync(directory);
    }
}
