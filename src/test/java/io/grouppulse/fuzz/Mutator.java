package io.grouppulse.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damages sound inputs: bytes changed, taken out, put in, repeated, cut off and crossed with another input. */
final class Mutator {
    private static final byte[] TELLING = {
        0, '\n', '\r', '"', '\\', '{', '}', '[', ']', '<', '&', ':', ',', '-', '9', -1, (byte) 0xED, 0x7F
    };
    private static final int LONGEST = 8_192;

    private final List<byte[]> seeds;
    private final SplittableRandom random;

    Mutator(List<byte[]> seeds, long seed) {
        this.seeds = seeds;
        this.random = new SplittableRandom(seed);
    }

    byte[] next() {
        byte[] input = any().clone();
        for (int i = random.nextInt(6); i >= 0; i--) {
            input = damaged(input);
        }
        return input;
    }

    private byte[] any() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] damaged(byte[] input) {
        int at = random.nextInt(input.length + 1);
        int end = Math.min(input.length, at + 1 + random.nextInt(8));
        return switch (random.nextInt(7)) {
            case 0 -> Arrays.copyOf(input, at);
            case 1 -> joined(input, at, new byte[0], end);
            case 2 -> joined(input, at, new byte[] {telling()}, at);
            case 3 -> joined(input, at, new byte[] {(byte) random.nextInt(256)}, end);
            case 4 -> joined(input, at, repeated(Arrays.copyOfRange(input, at, end)), end);
            case 5 -> joined(input, at, any(), end);
            default -> joined(input, at, new byte[] {telling()}, Math.min(input.length, at + 1));
        };
    }

    private byte telling() {
        return TELLING[random.nextInt(TELLING.length)];
    }

    private byte[] repeated(byte[] piece) {
        byte[] all = new byte[piece.length * (1 + random.nextInt(200))];
        for (int i = 0; i < all.length; i++) {
            all[i] = piece[i % piece.length];
        }
        return all;
    }

    private static byte[] joined(byte[] input, int at, byte[] middle, int from) {
        byte[] all = Arrays.copyOf(input, at + middle.length + input.length - from);
        System.arraycopy(middle, 0, all, at, middle.length);
        System.arraycopy(input, from, all, at + middle.length, input.length - from);
        return all.length > LONGEST ? Arrays.copyOf(all, LONGEST) : all;
    }
}
