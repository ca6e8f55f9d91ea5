package io.grouppulse.windowing;

import java.util.function.BinaryOperator;

/** Adds up what is found group by group. */
final class Sum<T> {
    private final BinaryOperator<T> plus;
    private T value;

    Sum(T none, BinaryOperator<T> plus) {
        this.value = none;
        this.plus = plus;
    }

    void add(T more) {
        value = plus.apply(value, more);
    }

    T get() {
        return value;
    }
}
