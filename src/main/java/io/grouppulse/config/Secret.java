package io.grouppulse.config;

/** A text that must not be shown: printing it shows stars. */
public record Secret(String text) {
    @Override
    public String toString() {
        return "***";
    }
}
