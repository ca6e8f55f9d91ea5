package io.grouppulse.config;

/** Sizes as people write them: {@code 65536}, {@code 64KiB}, {@code 1MB}, {@code 2GiB}. */
final class Sizes {
    private Sizes() {}

    /**
     * Bytes of a size text.
     *
     * @throws IllegalArgumentException if the text is no whole number, with or without a unit
     */
    static long parseBytes(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > 15) {
            throw new IllegalArgumentException("not a size");
        }
        long unit = switch (text.substring(digits).trim()) {
            case "", "B" -> 1;
            case "kB", "KB" -> 1_000;
            case "KiB" -> 1L << 10;
            case "MB" -> 1_000_000;
            case "MiB" -> 1L << 20;
            case "GB" -> 1_000_000_000;
            case "GiB" -> 1L << 30;
            default -> throw new IllegalArgumentException("not a size");
        };
        return Math.multiplyExact(Long.parseLong(text, 0, digits, 10), unit);
    }
}
