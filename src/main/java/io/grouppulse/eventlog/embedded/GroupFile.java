package io.grouppulse.eventlog.embedded;

import io.grouppulse.eventlog.GroupStore.Saved;
import io.grouppulse.eventlog.LogDamagedException;
import io.grouppulse.eventlog.LogUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/** The file of saved groups: a map of records for each shard and one of positions; for one thread at a time. */
final class GroupFile {
    private static final String POSITIONS = "positions";
    private static final int CACHE_MEGABYTES = 4;
    private static final int FILL_PERCENT = 70;
    private static final int COMPACT_BYTES = 4 << 20;

    private final Path path;
    private @Nullable MVStore store;

    GroupFile(Path path) {
        this.path = path;
    }

    void open() {
        try {
            store();
        } catch (RuntimeException e) {
            throw unreadable("opened", e);
        }
    }

    Saved load(int shard) {
        try {
            MVStore open = store();
            long position = positions(open).getOrDefault(name(shard), 0L);
            return new Saved(position, new HashMap<>(records(open, shard)));
        } catch (RuntimeException e) {
            discard();
            throw unreadable("read", e);
        }
    }

    void save(int shard, long position, Map<String, byte @Nullable []> changed) {
        try {
            MVStore open = store();
            apply(records(open, shard), changed);
            positions(open).put(name(shard), position);
            open.commit();
            open.sync();
        } catch (RuntimeException | Error e) {
            // The store in memory holds half of a save, or has closed itself: the file still has the one before.
            discard();
            throw unsaved(e);
        }
        compact();
    }

    /** Copies what is current into a new file that takes the place of the old one, where what was replaced still stands. */
    void rewrite() {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            try (MVStore target = new MVStore.Builder()
                    .fileName(fresh.toString())
                    .autoCommitDisabled()
                    .open()) {
                copy(store(), target);
                target.commit();
                target.sync();
            }
            close();
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Directories.sync(Objects.requireNonNull(path.toAbsolutePath().getParent()));
            store();
        } catch (IOException | RuntimeException | Error e) {
            discard();
            throw unsaved(e);
        }
    }

    void close() {
        if (store != null) {
            store.close();
            store = null;
        }
    }

    private MVStore store() {
        MVStore open = store;
        if (open == null || open.isClosed()) {
            // A commit of its own accord would split a save in two.
            open = new MVStore.Builder()
                    .fileName(path.toString())
                    .autoCommitDisabled()
                    .autoCommitBufferSize(0)
                    .cacheSize(CACHE_MEGABYTES)
                    .open();
            open.setVersionsToKeep(0);
            // Every commit is forced before the next one, so that what it replaced may be overwritten at once.
            open.setRetentionTime(0);
            store = open;
        }
        return open;
    }

    private void compact() {
        try {
            MVStore open = store();
            if (open.compact(FILL_PERCENT, COMPACT_BYTES)) {
                open.commit();
                open.sync();
            }
        } catch (RuntimeException | Error e) {
            // The save is durable; the next one opens the file again and tells what is wrong, if it still is.
            discard();
        }
    }

    private void discard() {
        MVStore open = store;
        store = null;
        if (open != null && !open.isClosed()) {
            open.closeImmediately();
        }
    }

    private RuntimeException unreadable(String what, RuntimeException cause) {
        String text = "the group store " + path + " cannot be " + what + ": " + cause.getMessage();
        return switch (code(cause)) {
            case DataUtils.ERROR_FILE_LOCKED ->
                new IllegalStateException(text + "; another process has it open: stop that one", cause);
            case DataUtils.ERROR_WRITING_FAILED, DataUtils.ERROR_READING_FAILED -> unavailable(text, cause);
            default -> damaged(text, cause);
        };
    }

    private RuntimeException unsaved(Throwable cause) {
        String text = "the group store " + path + " cannot be saved to: " + cause.getMessage();
        return switch (code(cause)) {
            case DataUtils.ERROR_FILE_CORRUPT, DataUtils.ERROR_CHUNK_NOT_FOUND -> damaged(text, cause);
            default -> unavailable(text, cause);
        };
    }

    private static int code(Throwable cause) {
        return cause instanceof MVStoreException e ? e.getErrorCode() : DataUtils.ERROR_INTERNAL;
    }

    private static LogUnavailableException unavailable(String text, Throwable cause) {
        return new LogUnavailableException(
                text + "; what was saved before is intact: free space on, or repair, its disk", cause);
    }

    private static LogDamagedException damaged(String text, Throwable cause) {
        LogDamagedException damaged = new LogDamagedException(text
                + "; it is damaged: restore it from a backup not newer than the log, or move it away, and the groups"
                + " are rebuilt from what the log still holds");
        damaged.initCause(cause);
        return damaged;
    }

    private static void apply(MVMap<String, byte[]> records, Map<String, byte @Nullable []> changed) {
        changed.forEach((key, record) -> {
            if (record == null) {
                records.remove(key);
            } else {
                records.put(key, record);
            }
        });
    }

    private static void copy(MVStore from, MVStore to) {
        for (String map : from.getMapNames()) {
            if (map.equals(POSITIONS)) {
                positions(to).putAll(positions(from));
            } else {
                records(to, map).putAll(records(from, map));
            }
        }
    }

    private static MVMap<String, byte[]> records(MVStore open, int shard) {
        return records(open, name(shard));
    }

    private static MVMap<String, byte[]> records(MVStore open, String map) {
        return open.openMap(
                map,
                new MVMap.Builder<String, byte[]>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    private static MVMap<String, Long> positions(MVStore open) {
        return open.openMap(
                POSITIONS,
                new MVMap.Builder<String, Long>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(LongDataType.INSTANCE));
    }

    private static String name(int shard) {
        return "shard-" + shard;
    }
}
