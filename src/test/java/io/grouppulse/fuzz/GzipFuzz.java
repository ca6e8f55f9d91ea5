package io.grouppulse.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grouppulse.ingest.decode.Gunzip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/** Packed bodies: unpacked at most 1 MiB far, whole and in chunks to the same bytes or the same refusal. */
final class GzipFuzz implements ParserFuzz {
    private static final int MOST = 1 << 20;

    @Override
    public List<byte[]> seeds() {
        return List.of(packed("{\"id\":\"e1\"}"), packed("a".repeat(5_000)), packed(""));
    }

    @Override
    public void feed(byte[] input) {
        String whole = unpacked(input, Math.max(1, input.length));
        String cut = unpacked(input, 3);
        if (!whole.equals(cut)) {
            throw new AssertionError("cut " + cut + ", whole " + whole);
        }
    }

    private static String unpacked(byte[] input, int chunk) {
        byte[] out = new byte[4_096];
        long length = 0;
        int hash = 1;
        try (Gunzip gunzip = new Gunzip()) {
            for (int at = 0; at < input.length; at += chunk) {
                gunzip.feed(input, at, Math.min(input.length, at + chunk));
                for (int count = gunzip.read(out); count > 0; count = gunzip.read(out)) {
                    for (int i = 0; i < count && length < MOST; i++, length++) {
                        hash = 31 * hash + out[i];
                    }
                    if (length == MOST) {
                        return "large " + hash;
                    }
                }
            }
            return length + " bytes, " + hash + (gunzip.isComplete() ? "" : ", cut off");
        } catch (ZipException e) {
            return "refused: " + e.getMessage();
        }
    }

    private static byte[] packed(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
