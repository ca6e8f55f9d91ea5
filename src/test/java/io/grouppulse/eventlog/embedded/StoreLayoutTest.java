package io.grouppulse.eventlog.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreLayoutTest {
    @TempDir
    Path directory;

    @Test
    void directory_isCreated_andOpensAgainWithTheSameShards() {
        Path nested = directory.resolve("a/b");
        StoreLayout.open(nested, 16).close();

        try (StoreLayout layout = StoreLayout.open(nested, 16)) {
            assertThat(layout.shards()).isEqualTo(16);
            assertThat(nested.resolve("store.properties")).content().contains("format=1", "shards=16");
        }
    }

    @Test
    void otherNumberOfShards_isRefused_namingBoth() {
        StoreLayout.open(directory, 16).close();

        assertThatThrownBy(() -> StoreLayout.open(directory, 4))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(
                        "data.dir " + directory + " was created with shards: 16, settings say 4: set shards to 16");
    }

    @Test
    void otherPseudonyms_areRefused_sayingHowItWasCreated() {
        StoreLayout.open(directory, 16).close();

        assertThatThrownBy(() -> StoreLayout.open(directory, 16, "fingerprint"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was created without privacy.key: remove that");
    }

    @Test
    void newerFormat_isRefused() throws Exception {
        Files.writeString(directory.resolve("store.properties"), "format=2\nshards=16\n");

        assertThatThrownBy(() -> StoreLayout.open(directory, 16))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has format 2, this version reads format 1");
    }

    @Test
    void garbledProperties_areRefused() throws Exception {
        Files.writeString(directory.resolve("store.properties"), "format=1\nshards=many\n");

        assertThatThrownBy(() -> StoreLayout.open(directory, 16))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("shards='many'");
    }

    @Test
    void dataWithoutProperties_isRefused() throws Exception {
        Files.createDirectories(directory.resolve("log"));

        assertThatThrownBy(() -> StoreLayout.open(directory, 16))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no store.properties");
    }

    @Test
    void secondOpener_isRefused_untilTheFirstCloses() {
        StoreLayout first = StoreLayout.open(directory, 16);
        assertThatThrownBy(() -> StoreLayout.open(directory, 16))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in use by another GroupPulse");

        first.close();

        StoreLayout.open(directory, 16).close();
    }
}
