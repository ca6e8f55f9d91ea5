package io.grouppulse.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GunzipTest {
    private static final String TEXT = "{\"id\":\"草莓\"}\n".repeat(5_000);

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1_000, 1_000_000})
    void body_inChunks_isUnpacked(int chunk) throws IOException {
        assertThat(unpack(zip(TEXT), chunk)).isEqualTo(TEXT);
        assertThat(unpack(zip(""), chunk)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1_000_000})
    void members_followOneAnother(int chunk) throws IOException {
        assertThat(unpack(join(zip("a"), zip(""), zip(TEXT)), chunk)).isEqualTo("a" + TEXT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 1_000_000})
    void header_withEveryOptionalPart_isSkipped(int chunk) throws IOException {
        byte[] plain = zip("hello");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] header = {0x1F, (byte) 0x8B, 8, 0x1E, 1, 2, 3, 4, 0, 3, 2, 0, 9, 9, 'n', 0, 'c', 0};
        body.write(header);
        CRC32 checksum = new CRC32();
        checksum.update(header);
        body.write((int) checksum.getValue());
        body.write((int) (checksum.getValue() >>> 8));
        body.write(plain, 10, plain.length - 10);

        assertThat(unpack(body.toByteArray(), chunk)).isEqualTo("hello");

        byte[] damaged = body.toByteArray();
        damaged[14] = 'm';
        assertThatThrownBy(() -> unpack(damaged, chunk)).isInstanceOf(ZipException.class);
    }

    @Test
    void everyTruncation_isIncomplete() throws IOException {
        byte[] body = zip("hello, world");

        for (int length = 0; length < body.length; length++) {
            byte[] cut = Arrays.copyOf(body, length);
            assertThatThrownBy(() -> unpack(cut, 4)).as("length %d", length).hasMessage("cut off");
        }
    }

    @Test
    void everyFlippedBit_isNoticedOrChangesNothing() throws IOException {
        byte[] body = zip("hello, world, hello, world");

        for (int bit = 0; bit < 8 * body.length; bit++) {
            byte[] damaged = body.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertThat(unpack(damaged, 4)).as("bit %d", bit).isEqualTo("hello, world, hello, world");
            } catch (ZipException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    @Test
    void trailingGarbage_isNoMember() throws IOException {
        byte[] body = join(zip("a"), new byte[] {'x'});

        assertThatThrownBy(() -> unpack(body, 100)).hasMessage("not in gzip format");
    }

    private static byte[] zip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] join(byte[]... parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.write(part);
        }
        return bytes.toByteArray();
    }

    private static String unpack(byte[] body, int chunk) throws ZipException {
        ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
        byte[] out = new byte[100];
        try (Gunzip gunzip = new Gunzip()) {
            for (int from = 0; from < body.length; from += chunk) {
                gunzip.feed(body, from, Math.min(body.length, from + chunk));
                for (int count = gunzip.read(out); count > 0; count = gunzip.read(out)) {
                    unpacked.write(out, 0, count);
                }
            }
            if (!gunzip.isComplete()) {
                throw new ZipException("cut off");
            }
        }
        return unpacked.toString(UTF_8);
    }
}
