package io.grouppulse.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grouppulse.domain.alert.EpisodeBook;
import io.grouppulse.domain.alert.Observation;
import io.grouppulse.eventlog.embedded.FileDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertDocumentTest {
    @TempDir
    Path directory;

    @Test
    void everything_isReadAsItWasSaved() throws IOException {
        EpisodeBook book = Told.book("g1", "");
        book.observe(new Observation(List.of(), Set.of(), Set.of()), 1_795_399_200_000L, 5);
        SavedAlerts alerts = new SavedAlerts(
                List.of(Told.episode("g2", "bbg")),
                book.resolved(),
                Map.of("ops", List.of(Told.notification("g3")), "duty", List.of()));

        AlertDocument.open(FileDocument.in(directory, "alerts.json")).replace(alerts);

        assertThat(AlertDocument.open(FileDocument.in(directory, "alerts.json")).found())
                .isEqualTo(alerts);
    }

    @Test
    void fileThatWasBeingWritten_isLeftAside() throws IOException {
        SavedAlerts alerts = new SavedAlerts(List.of(Told.episode("g2", "bbg")), List.of(), Map.of());
        AlertDocument.open(FileDocument.in(directory, "alerts.json")).replace(alerts);
        Files.writeString(directory.resolve("alerts.json.tmp"), "{\"version\":1,\"fir");

        assertThat(AlertDocument.open(FileDocument.in(directory, "alerts.json")).found())
                .isEqualTo(alerts);
    }

    @Test
    void noFile_isNoAlerts() throws IOException {
        assertThat(AlertDocument.open(FileDocument.in(directory, "alerts.json")).found())
                .isEqualTo(SavedAlerts.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{\"version\":2}",
                "{\"version\":1,\"firing\":[{}],\"resolved\":[],\"waiting\":{}}"
            })
    void fileThatIsNone_isNamed(String text) throws IOException {
        Files.writeString(directory.resolve("alerts.json"), text);

        assertThatThrownBy(() -> AlertDocument.open(FileDocument.in(directory, "alerts.json")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("alerts.json");
    }
}
