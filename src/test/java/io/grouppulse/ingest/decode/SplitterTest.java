package io.grouppulse.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitterTest {
    private static final String MARK = "\uFEFF";

    @Test
    void lines_endWithLfOrCrlfOrTheBody() {
        assertThat(lines("a\nb\r\n\n \t\r\n  c")).containsExactly("a", "b", "  c");
    }

    @Test
    void lines_mayStartWithAByteOrderMark_onceOnly() {
        assertThat(lines(MARK + "a\n" + MARK + "b")).containsExactly("a", MARK + "b");
        assertThat(lines(MARK + "\n" + MARK)).containsExactly(MARK);
        assertThat(lines(MARK)).isEmpty();
    }

    @Test
    void line_thatIsTooLong_isRefusedAndItsNeighboursAreNot() {
        String longest = "x".repeat(EventDecoder.MAX_BYTES);

        assertThat(lines("a\n" + longest + "\r\nb")).containsExactly("a", longest, "b");
        assertThat(lines("a\n" + longest + "xxxxx\nb"))
                .containsExactly("a", "refused 8192: an event is at most 65536 bytes", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|''",
                "[ ] |''",
                "{}|{}",
                "{\"a\":[1,{}]}|{\"a\":[1,{}]}",
                "[{},{\"a\":\"}]\"}]|{};{\"a\":\"}]\"}",
                "[1, \"a,]\\\"\" ,null,[2,3]]|1;\"a,]\\\"\" ;null;[2,3]",
                "''|''",
            })
    void document_isSplitIntoItsElements(String body, String pieces) {
        List<String> expected = pieces.isEmpty() ? List.of() : List.of(pieces.split(";", -1));

        assertThat(elements(body)).isEqualTo(expected);
        assertThat(elements(MARK + " " + body)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{},{}|{};{};refused 0: the array does not end",
                "[{},|{};refused 0: the array does not end",
                "[|refused 0: the array does not end",
                "[{},{\"a\":|{};refused 0: the array does not end",
                "{\"a\":|refused 0: the object does not end",
                "[{} {}]|{};refused 0: a comma is missing between elements",
                "[{},,{}]|{};refused 0: an element is missing",
                "[,]|refused 0: an element is missing",
                "[{},]|{};refused 0: an element is missing",
                "[{}] x|{};refused 0: something follows the end of the document",
                "{} {}|refused 0: something follows the end of the document",
                "5|refused 0: the body is neither a JSON object nor an array",
                "hello [|refused 0: the body is neither a JSON object nor an array",
                "[}|refused 0: an element is missing",
            })
    void document_withAFaultBetweenElements_isRefusedFromThereOn(String body, String pieces) {
        assertThat(elements(body)).containsExactly(pieces.split(";", -1));
    }

    @Test
    void element_thatIsTooLong_isRefusedAndItsNeighboursAreNot() {
        String element = "{\"x\":\"" + "y".repeat(EventDecoder.MAX_BYTES) + "\"}";

        assertThat(elements("[{}," + element + ",{}]"))
                .containsExactly("{}", "refused 8192: an event is at most 65536 bytes", "{}");
        assertThat(elements(element)).containsExactly("refused 8192: an event is at most 65536 bytes");
    }

    @Test
    void closed_isOnlyACompleteArray() {
        assertThat(closed("[]")).isTrue();
        assertThat(closed(" [ ] ")).isTrue();
        assertThat(closed("[")).isFalse();
        assertThat(closed("")).isFalse();
        assertThat(closed("[]]")).isFalse();
        assertThat(closed("{}")).isFalse();
    }

    private static boolean closed(String body) {
        JsonSplitter splitter = new JsonSplitter(new Collected());
        splitter.feed(body.getBytes(UTF_8), 0, body.length());
        splitter.end();
        return splitter.isClosed();
    }

    private static List<String> lines(String body) {
        return split(body, LineSplitter::new);
    }

    private static List<String> elements(String body) {
        return split(body, JsonSplitter::new);
    }

    /** Whole, byte by byte and in odd chunks: always the same. */
    private static List<String> split(String body, Function<Splitter.Pieces, Splitter> newSplitter) {
        byte[] bytes = body.getBytes(UTF_8);
        List<String> whole = split(bytes, newSplitter, Math.max(1, bytes.length));
        assertThat(split(bytes, newSplitter, 1)).isEqualTo(whole);
        assertThat(split(bytes, newSplitter, 7)).isEqualTo(whole);
        assertThat(split(bytes, newSplitter, 10_007)).isEqualTo(whole);
        return whole;
    }

    private static List<String> split(byte[] body, Function<Splitter.Pieces, Splitter> newSplitter, int chunk) {
        Collected collected = new Collected();
        Splitter splitter = newSplitter.apply(collected);
        for (int from = 0; from < body.length; from += chunk) {
            splitter.feed(body, from, Math.min(body.length, from + chunk));
        }
        splitter.end();
        return collected.pieces;
    }

    private static final class Collected implements Splitter.Pieces {
        private final List<String> pieces = new ArrayList<>();

        @Override
        public void piece(byte[] bytes, int from, int to) {
            pieces.add(new String(bytes, from, to - from, UTF_8));
        }

        @Override
        public void refused(String detail, byte[] bytes, int from, int to) {
            pieces.add("refused " + (to - from) + ": " + detail);
        }
    }
}
