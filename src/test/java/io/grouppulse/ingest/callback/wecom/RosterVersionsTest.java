package io.grouppulse.ingest.callback.wecom;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.eventlog.embedded.FileJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roster versions over restarts, beside a map of the last version of each chat. */
class RosterVersionsTest {
    @TempDir
    private Path dir;

    private RosterVersions open() throws IOException {
        return RosterVersions.open(FileJournal.in(dir, "versions", RosterVersions.MOST_LINES));
    }

    @Test
    void lastVersionOfEachChat_outlivesARestart_andTheFileStaysShort() throws IOException {
        Map<String, String> last = new HashMap<>();
        SplittableRandom random = new SplittableRandom(1);
        try (RosterVersions versions = open()) {
            for (int i = 0; i < 25_000; i++) {
                String chat = "chat-" + random.nextInt(50);
                String version = "v" + i;
                versions.chains("hq").follow(chat, last.getOrDefault(chat, ""), version);
                versions.keep("hq", chat, version);
                last.put(chat, version);
            }
        }

        try (RosterVersions again = open()) {
            assertThat(again.chains("hq").versions()).isEqualTo(last);
            assertThat(again.chains("another").versions()).isEmpty();
        }
        try (Stream<String> lines = Files.lines(dir.resolve("versions.ndjson"))) {
            assertThat(lines.count()).isLessThan(20_000);
        }
    }

    @Test
    void lineThatACrashHasCut_isLeftOut_andHarmsNoneAfterIt() throws IOException {
        try (RosterVersions versions = open()) {
            versions.keep("hq", "chat", "v7");
            versions.keep("hq", "chat without versions", "");
        }
        Files.writeString(
                dir.resolve("versions.ndjson"),
                "{\"source\":\"hq\",\"chat\":\"chat\",\"ver",
                StandardOpenOption.APPEND);

        try (RosterVersions again = open()) {
            assertThat(again.chains("hq").versions()).containsExactly(Map.entry("chat", "v7"));
            assertThat(again.chains("hq").follow("chat", "v7", "v8").link()).isEqualTo(RosterChains.Link.NEXT);
            again.keep("hq", "chat", "v8");
        }
        try (RosterVersions third = open()) {
            assertThat(third.chains("hq").versions()).containsExactly(Map.entry("chat", "v8"));
        }
    }
}
