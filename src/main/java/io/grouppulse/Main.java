package io.grouppulse;

/** Starts the monitor. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {}
}
