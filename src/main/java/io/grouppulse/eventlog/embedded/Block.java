package io.grouppulse.eventlog.embedded;

import io.grouppulse.eventlog.LogEntry;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What one group commit writes: magic, length, checksum, first position and number of entries, then the entries. The
 * checksum is over all that follows the magic but itself.
 *
 * @param first position of its first entry
 * @param count number of its entries; they have consecutive positions
 * @param payload the entries, each with a head of its own
 */
record Block(long first, int count, ByteBuffer payload) {
    static final int MAGIC = 0x47504C31;
    static final int HEAD_BYTES = 24;
    static final int ENTRY_HEAD_BYTES = 24;

    private static final int LENGTH_AT = 4;
    private static final int CHECKSUM_AT = 8;
    private static final int FIRST_AT = 12;

    /** The bytes of a block with these entries, whose positions are consecutive. */
    static ByteBuffer encode(List<LogEntry> entries, List<byte[]> inputs, int payloadBytes) {
        ByteBuffer block = ByteBuffer.allocate(HEAD_BYTES + payloadBytes);
        block.putInt(MAGIC).putInt(payloadBytes).putInt(0);
        block.putLong(entries.get(0).position()).putInt(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            LogEntry entry = entries.get(i);
            byte[] encoded = inputs.get(i);
            block.putInt(entry.shard()).putLong(entry.receivedAt()).putLong(entry.asOf());
            block.putInt(encoded.length).put(encoded);
        }
        return block.putInt(CHECKSUM_AT, checksum(block)).flip();
    }

    static boolean isHead(ByteBuffer head, long room) {
        int length = head.getInt(LENGTH_AT);
        return head.getInt(0) == MAGIC && length >= 0 && length <= room - HEAD_BYTES;
    }

    static int payloadBytes(ByteBuffer head) {
        return head.getInt(LENGTH_AT);
    }

    /** Whether these bytes, a whole block, are what was written. */
    static boolean isSound(ByteBuffer block) {
        return block.getInt(CHECKSUM_AT) == checksum(block);
    }

    static Block of(ByteBuffer block) {
        return new Block(
                block.getLong(FIRST_AT),
                block.getInt(FIRST_AT + Long.BYTES),
                block.slice(HEAD_BYTES, block.limit() - HEAD_BYTES));
    }

    long next() {
        return first + count;
    }

    long bytes() {
        return HEAD_BYTES + (long) payload.limit();
    }

    /** Shows each entry's head and where its inputs begin; false if the payload does not hold what it says. */
    boolean forEach(EntryVisitor visitor) {
        int at = 0;
        for (int i = 0; i < count; i++) {
            if (payload.limit() - at < ENTRY_HEAD_BYTES) {
                return false;
            }
            int length = payload.getInt(at + 20);
            int inputsAt = at + ENTRY_HEAD_BYTES;
            if (length < 0 || length > payload.limit() - inputsAt) {
                return false;
            }
            visitor.visit(first + i, payload.getInt(at), at, length);
            at = inputsAt + length;
        }
        return at == payload.limit();
    }

    long receivedAt(int at) {
        return payload.getLong(at + 4);
    }

    long asOf(int at) {
        return payload.getLong(at + 12);
    }

    byte[] inputs(int at, int length) {
        byte[] inputs = new byte[length];
        payload.get(at + ENTRY_HEAD_BYTES, inputs);
        return inputs;
    }

    private static int checksum(ByteBuffer block) {
        CRC32C crc = new CRC32C();
        crc.update(block.slice(LENGTH_AT, CHECKSUM_AT - LENGTH_AT));
        crc.update(block.slice(FIRST_AT, block.limit() - FIRST_AT));
        return (int) crc.getValue();
    }

    /** Sees one entry of a block: its position, its shard, where it is in the payload, how long its inputs are. */
    interface EntryVisitor {
        void visit(long position, int shard, int at, int inputBytes);
    }
}
