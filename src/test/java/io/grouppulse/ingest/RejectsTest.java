package io.grouppulse.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.eventlog.embedded.FileJournal;
import io.grouppulse.ingest.Rejection.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectsTest {
    @TempDir
    private Path dir;

    private final List<String> counted = new ArrayList<>();

    @Test
    void rejects_areReadNewestFirst() throws IOException {
        try (Rejects rejects = open()) {
            add(rejects, "a", "{\"id\":\"a\"}");
            add(rejects, "b", "{\"id\":\"b\",\"text\":\"secret\"}");

            assertThat(rejects.newest(10))
                    .containsExactly(
                            new Reject(7, "shop", "b", Code.BAD_FIELD, "ts", "d", "{\"id\":\"b\",\"text\":\"***\"}"),
                            new Reject(7, "shop", "a", Code.BAD_FIELD, "ts", "d", "{\"id\":\"a\"}"));
            assertThat(rejects.newest(1)).extracting(Reject::id).containsExactly("b");
            assertThat(counted).containsExactly("shop BAD_FIELD", "shop BAD_FIELD");
        }
    }

    @Test
    void restart_readsThemBack() throws IOException {
        List<Reject> before;
        try (Rejects rejects = open()) {
            for (int i = 0; i < 300; i++) {
                add(rejects, "e" + i, "草莓\u0000\" " + i);
            }
            rejects.add(new Rejection(Code.MALFORMED_JSON, null, null, "d"), "api", new Scrubber(), new byte[0], 0, 0);
            before = rejects.newest(1_000);
        }

        try (Rejects rejects = open()) {
            assertThat(rejects.newest(1_000)).isEqualTo(before).hasSize(301);
        }
    }

    @Test
    void raws_areForgottenInMemoryAndOnDisk_andTheReasonsStay() throws IOException {
        try (Rejects rejects = open()) {
            add(rejects, "a", "{\"member\":\"zhang\"}");
            rejects.forgetRaws();
            add(rejects, "b", "{\"member\":\"li\"}");

            assertThat(rejects.newest(10)).extracting(Reject::raw).containsExactly("{\"member\":\"li\"}", null);
        }

        try (Rejects rejects = open()) {
            assertThat(rejects.newest(10)).extracting(Reject::id).containsExactly("b", "a");
        }
        assertThat(Files.readString(dir.resolve("rejects/rejects.ndjson")))
                .contains("li")
                .doesNotContain("zhang");
    }

    @Test
    void memory_holdsTheNewest() throws IOException {
        try (Rejects rejects = open()) {
            for (int i = 0; i < Rejects.CAPACITY + 50; i++) {
                add(rejects, "e" + i, "x");
            }

            assertThat(rejects.newest(Integer.MAX_VALUE)).hasSize(Rejects.CAPACITY);
            assertThat(rejects.newest(1).get(0).id()).isEqualTo("e" + (Rejects.CAPACITY + 49));
        }
    }

    @Test
    void largeInputs_areForgottenBeforeTheirReasons() throws IOException {
        try (Rejects rejects = open()) {
            for (int i = 0; i < 5_000; i++) {
                add(rejects, "e" + i, "x".repeat(8 * 1024));
            }

            List<Reject> all = rejects.newest(Integer.MAX_VALUE);
            long chars = all.stream()
                    .mapToLong(r -> r.raw() == null ? 0 : r.raw().length())
                    .sum();
            assertThat(all).hasSize(5_000);
            assertThat(chars).isBetween(8L * 1024 * 1024 - 8 * 1024, 16L * 1024 * 1024);
            assertThat(all.get(0).raw()).hasSize(8 * 1024);
            assertThat(all.get(4_999).raw()).isNull();
        }
    }

    @Test
    void files_areBounded() throws IOException {
        for (int round = 0; round < 8; round++) {
            // closing waits until all is written, and a round is less than may wait, so that none is too fast for the
            // disk
            try (Rejects rejects = open()) {
                for (int i = 0; i < 1_800; i++) {
                    add(rejects, "e" + round + "-" + i, "x".repeat(8 * 1024));
                }
            }
        }

        try (Stream<Path> files = Files.list(dir.resolve("rejects"))) {
            assertThat(files).hasSize(2).allMatch(file -> file.toFile().length() <= 32L * 1024 * 1024);
        }
        try (Rejects rejects = open()) {
            assertThat(rejects.newest(1).get(0).id()).isEqualTo("e7-1799");
            assertThat(rejects.newest(Integer.MAX_VALUE)).hasSizeGreaterThan(3_000);
        }
    }

    @Test
    void damagedLines_areSkipped() throws IOException {
        try (Rejects rejects = open()) {
            add(rejects, "a", "x");
        }
        Files.write(
                dir.resolve("rejects/rejects.ndjson"),
                "{\"at\":5,\"source\":\"s\",\"code\":\"no_code\",\"detail\":\"d\"}\n5\n{\"at\":\"x\"}\n{\"at\":1,\"so"
                        .getBytes(UTF_8),
                StandardOpenOption.APPEND);

        try (Rejects rejects = open()) {
            assertThat(rejects.newest(10)).extracting(Reject::id).containsExactly("a");
        }
    }

    private Rejects open() throws IOException {
        return Rejects.open(
                FileJournal.in(dir.resolve("rejects"), "rejects", Rejects.CAPACITY),
                () -> 7,
                (source, code) -> counted.add(source + " " + code));
    }

    private static void add(Rejects rejects, String id, String raw) {
        byte[] bytes = raw.getBytes(UTF_8);
        Rejection rejection = new Rejection(Code.BAD_FIELD, id, "ts", "d");
        rejects.add(rejection, "shop", new Scrubber(), bytes, 0, bytes.length);
    }
}
