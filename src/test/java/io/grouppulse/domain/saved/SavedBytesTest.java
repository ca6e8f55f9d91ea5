package io.grouppulse.domain.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SavedBytesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "-1, 1",
        "63, 1",
        "-64, 1",
        "64, 2",
        "1794240000000, 6",
        "9223372036854775807, 10",
        "-9223372036854775808, 10"
    })
    void number_written_isReadBackFromFewBytes(long value, int size) {
        SavedWriter out = new SavedWriter();
        out.number(value);
        byte[] bytes = out.toBytes();

        assertThat(bytes).hasSize(size);
        assertThat(new SavedReader(bytes).number()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "g1", "社区团购 3 群", "🧧🧧", "a\u0000b", "line\nline"})
    void text_written_isReadBack(String value) {
        SavedWriter out = new SavedWriter();
        out.text(value);
        out.text(null);
        SavedReader in = new SavedReader(out.toBytes());

        assertThat(in.text()).isEqualTo(value);
        assertThat(in.textOrNull()).isNull();
        in.end();
    }

    @Test
    void text_missing_isRefused() {
        SavedWriter out = new SavedWriter();
        out.text(null);

        assertThatExceptionOfType(SavedStateException.class)
                .isThrownBy(() -> new SavedReader(out.toBytes()).text())
                .withMessageContaining("missing text");
    }

    @Test
    void bytes_leftOver_areRefused() {
        SavedWriter out = new SavedWriter();
        out.number(1);
        out.number(2);
        SavedReader in = new SavedReader(out.toBytes());
        in.number();

        assertThatExceptionOfType(SavedStateException.class).isThrownBy(in::end).withMessage("1 bytes left over");
    }

    @Test
    void size_beyondTheBytesLeft_isRefused() {
        SavedWriter out = new SavedWriter();
        out.number(Integer.MAX_VALUE);

        assertThatExceptionOfType(SavedStateException.class)
                .isThrownBy(() -> new SavedReader(out.toBytes()).size())
                .withMessageContaining("impossible size");
    }

    @Test
    void values_ofAnyKind_areReadBack() {
        for (long seed = 0; seed < 1_000; seed++) {
            List<Object> values = randomValues(new SplittableRandom(seed));

            assertThat(read(values, bytesOf(values))).as("seed=%d", seed).isEqualTo(values);
        }
    }

    @Test
    void bytes_corrupted_areReadOrRefusedAndNothingElse() {
        int refused = 0;
        for (long seed = 0; seed < 10_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Object> values = randomValues(random);
            byte[] corrupted = corrupted(bytesOf(values), random);
            try {
                read(values, corrupted);
            } catch (SavedStateException e) {
                refused++;
            }
        }
        assertThat(refused).as("refused of 10,000").isGreaterThan(3_000);
    }

    private static byte[] corrupted(byte[] bytes, SplittableRandom random) {
        byte[] corrupted = bytes.clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
            case 0 -> corrupted[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> corrupted[at] = (byte) random.nextInt();
            case 2 -> Arrays.fill(corrupted, at, Math.min(bytes.length, at + 12), (byte) 0xFF);
            default -> corrupted = Arrays.copyOf(bytes, at);
        }
        return corrupted;
    }

    /** Values whose types tell how they are written. */
    private static List<Object> randomValues(SplittableRandom random) {
        List<Object> values = new ArrayList<>();
        for (int i = random.nextInt(1, 12); i > 0; i--) {
            values.add(
                    switch (random.nextInt(5)) {
                        case 0 -> random.nextLong() >> random.nextInt(64);
                        case 1 -> random.nextInt(-1, Integer.MAX_VALUE) >> random.nextInt(31);
                        case 2 -> random.nextBoolean();
                        case 3 -> "文字".repeat(random.nextInt(200));
                        default ->
                            random.longs(random.nextInt(20), -1_000, 1_000_000_000)
                                    .sorted()
                                    .boxed()
                                    .toList();
                    });
        }
        return values;
    }

    private static byte[] bytesOf(List<Object> values) {
        SavedWriter out = new SavedWriter();
        for (Object value : values) {
            if (value instanceof Long number) {
                out.number(number);
                out.fixed(number);
            } else if (value instanceof Integer index) {
                out.number(index);
            } else if (value instanceof Boolean flag) {
                out.flag(flag);
            } else if (value instanceof String text) {
                out.text(text);
            } else if (value instanceof List<?> list) {
                long[] rising = list.stream().mapToLong(each -> (Long) each).toArray();
                out.rising(rising, 0, rising.length);
            }
        }
        return out.toBytes();
    }

    private static List<Object> read(List<Object> kinds, byte[] bytes) {
        SavedReader in = new SavedReader(bytes);
        List<Object> values = new ArrayList<>();
        for (Object kind : kinds) {
            if (kind instanceof Long) {
                values.add(in.number());
                in.fixed();
            } else if (kind instanceof Integer) {
                values.add(in.index());
            } else if (kind instanceof Boolean) {
                values.add(in.flag());
            } else if (kind instanceof String) {
                values.add(in.text());
            } else {
                values.add(Arrays.stream(in.rising()).boxed().toList());
            }
        }
        in.end();
        return values;
    }
}
