package io.grouppulse.eventlog.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/** A real disk, of which chosen calls fail until they are allowed again. */
final class FaultyDisk implements SegmentDisk {
    enum Call {
        CREATE,
        REOPEN,
        DELETE,
        SYNC,
        WRITE,
        FORCE,
        TRUNCATE
    }

    private final SegmentDisk disk = new FileSegmentDisk();
    private final Set<Call> failing = EnumSet.noneOf(Call.class);

    synchronized void fail(Call... calls) {
        failing.addAll(Set.of(calls));
    }

    synchronized void heal() {
        failing.clear();
    }

    private synchronized boolean fails(Call call) {
        return failing.contains(call);
    }

    private void meet(Call call) throws IOException {
        if (fails(call)) {
            throw new IOException(call + " failed on command");
        }
    }

    @Override
    public SegmentFile create(Path path) throws IOException {
        SegmentFile file = new Faulty(disk.create(path));
        meet(Call.CREATE);
        return file;
    }

    @Override
    public SegmentFile reopen(Path path, long length) throws IOException {
        meet(Call.REOPEN);
        return new Faulty(disk.reopen(path, length));
    }

    @Override
    public void delete(Path path) throws IOException {
        meet(Call.DELETE);
        disk.delete(path);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        meet(Call.SYNC);
        disk.syncDirectory(directory);
    }

    private final class Faulty implements SegmentFile {
        private final SegmentFile file;

        Faulty(SegmentFile file) {
            this.file = file;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            if (fails(Call.WRITE)) {
                file.write(bytes.slice(0, bytes.remaining() / 2));
            }
            meet(Call.WRITE);
            file.write(bytes);
        }

        @Override
        public void force() throws IOException {
            meet(Call.FORCE);
            file.force();
        }

        @Override
        public void truncate(long length) throws IOException {
            meet(Call.TRUNCATE);
            file.truncate(length);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
