package io.grouppulse.domain.simulate;

import java.util.Arrays;
import org.agrona.collections.IntArrayList;

/** Draws an index in proportion to fixed weights, in constant time (alias method). */
final class Weights {
    private final double[] threshold;
    private final int[] alias;

    private Weights(double[] threshold, int[] alias) {
        this.threshold = threshold;
        this.alias = alias;
    }

    static Weights of(double... weights) {
        int size = weights.length;
        double total = Arrays.stream(weights).sum();
        double[] scaled = Arrays.stream(weights).map(w -> w * size / total).toArray();
        int[] alias = new int[size];
        IntArrayList small = new IntArrayList();
        IntArrayList large = new IntArrayList();
        for (int i = 0; i < size; i++) {
            alias[i] = i;
            (scaled[i] < 1 ? small : large).addInt(i);
        }
        while (!small.isEmpty() && !large.isEmpty()) {
            int poor = small.popInt();
            int rich = large.popInt();
            alias[poor] = rich;
            scaled[rich] -= 1 - scaled[poor];
            (scaled[rich] < 1 ? small : large).addInt(rich);
        }
        // What is left over stands for 1 up to rounding.
        small.forEach(i -> scaled[i] = 1);
        large.forEach(i -> scaled[i] = 1);
        return new Weights(scaled, alias);
    }

    int draw(Dice dice) {
        int column = dice.below(threshold.length);
        return dice.unit() < threshold[column] ? column : alias[column];
    }
}
