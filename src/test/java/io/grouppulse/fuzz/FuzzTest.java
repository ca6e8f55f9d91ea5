package io.grouppulse.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each parser, fed sound inputs and damaged ones from a fixed seed; long runs are a command of the load tests. */
class FuzzTest {
    private static final int INPUTS = 1_500;

    @TestFactory
    Stream<DynamicTest> parser_damagedInput_readsOrRefuses() {
        return StreamSupport.stream(Fuzzers.names().spliterator(), false)
                .map(name -> DynamicTest.dynamicTest(name, () -> run(Fuzzers.of(name))));
    }

    private static void run(ParserFuzz parser) {
        List<byte[]> seeds = parser.seeds();
        assertThat(seeds).isNotEmpty();
        seeds.forEach(seed -> feed(parser, seed));
        Mutator mutator = new Mutator(seeds, 7);
        for (int i = 0; i < INPUTS; i++) {
            feed(parser, mutator.next());
        }
    }

    private static void feed(ParserFuzz parser, byte[] input) {
        try {
            parser.feed(input);
        } catch (Exception | AssertionError | StackOverflowError e) {
            fail("in Base64: " + Base64.getEncoder().encodeToString(input), e);
        }
    }
}
