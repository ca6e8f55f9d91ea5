package io.grouppulse.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grouppulse.domain.org.silence.KnownOutages;
import io.grouppulse.domain.signal.silence.BlindTimes.Span;
import io.grouppulse.eventlog.embedded.FileDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutageDocumentTest {
    private static final String NAME = "outages.json";

    @TempDir
    Path directory;

    @Test
    void everything_isReadAsItWasKept() throws IOException {
        KnownOutages outages = new KnownOutages(
                1_795_399_200_000L,
                Map.of("wecom", 1_795_399_100_000L),
                Map.of("", List.of(new Span(1, 2)), "shop", List.of(new Span(3, 4), new Span(5, 6))),
                Map.of("wecom", 1_795_399_050_000L));
        open().replace(outages);
        assertThat(open().found()).isEqualTo(outages);
    }

    @Test
    void documentOfAnEarlierVersion_knowsNoHeartbeats() throws IOException {
        Files.writeString(
                directory.resolve(NAME), "{\"version\":1,\"seenUntil\":1,\"downSince\":{\"a\":2},\"past\":{}}");
        assertThat(open().found()).isEqualTo(new KnownOutages(1, Map.of("a", 2L), Map.of(), Map.of()));
    }

    @Test
    void noFile_isNoOutages() throws IOException {
        assertThat(open().found()).isEqualTo(KnownOutages.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"version\":2,\"seenUntil\":1,\"downSince\":{},\"past\":{}}",
                "{\"version\":1,\"seenUntil\":1,\"downSince\":{},\"past\":{\"a\":[[1]]}}",
                "{\"version\":1,\"seenUntil\":1,\"downSince\":{},\"past\":{},\"heartbeats\":{\"a\":null}}",
                "{\"version\":1,\"seenUntil\":1,\"downSince\":{},\"past\":{},\"heartbeats\":[]}"
            })
    void fileThatIsNone_isNamed(String text) throws IOException {
        Files.writeString(directory.resolve(NAME), text);
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining(NAME);
    }

    private OutageDocument open() throws IOException {
        return OutageDocument.open(FileDocument.in(directory, NAME));
    }
}
