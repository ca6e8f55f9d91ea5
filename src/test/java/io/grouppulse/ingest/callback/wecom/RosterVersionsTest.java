package io.grouppulse.ingest.callback.wecom;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.eventlog.Journal;
import io.grouppulse.eventlog.embedded.FileJournal;
import io.grouppulse.testing.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
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

    @Test
    void whatSeemsToBeMissing_isAskedForAtOnce_ofTheOnlyOne_andNotAtAll_ifAnotherNodeHasTakenItMeanwhile()
            throws Exception {
        List<String> reported = new CopyOnWriteArrayList<>();
        try (RosterVersions alone = open()) {
            alone.missing("hq", "chat", "v1", () -> reported.add("alone"));
        }
        assertThat(reported).containsExactly("alone");

        Journal shared = new SharedJournal();
        try (RosterVersions here = RosterVersions.openShared(shared);
                RosterVersions there = RosterVersions.openShared(shared)) {
            here.missing("hq", "chat", "", () -> reported.add("no version"));
            here.missing("hq", "chat", "v5", () -> reported.add("v5, taken there"));
            here.missing("hq", "chat", "v8", () -> reported.add("v8, taken by nobody"));
            here.missing("hq", "another", "v5", () -> reported.add("v5 of another chat"));
            assertThat(reported).containsExactly("alone", "no version");
            there.keep("hq", "chat", "v5");

            assertThat(Deadline.in(Duration.ofSeconds(30)).until(() -> reported.size() == 4))
                    .isTrue();
            here.missing("hq", "chat", "v5", () -> reported.add("v5, known since"));
            here.missing("hq", "chat", "v11", () -> reported.add("v11, at the end"));
        }
        assertThat(reported)
                .containsExactly("alone", "no version", "v8, taken by nobody", "v5 of another chat", "v11, at the end");
    }

    private static final class SharedJournal implements Journal {
        private final List<String> lines = new ArrayList<>();

        @Override
        public synchronized void load(Consumer<String> receiver) {
            lines.forEach(receiver);
        }

        @Override
        public synchronized void append(List<String> added) {
            lines.addAll(added);
        }

        @Override
        public synchronized void replace(List<String> kept) {
            lines.clear();
            lines.addAll(kept);
        }

        @Override
        public String place() {
            return "memory";
        }
    }
}
