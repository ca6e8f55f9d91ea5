package io.grouppulse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grouppulse.domain.people.RewardTier;
import io.grouppulse.domain.time.WindowSpec;
import io.grouppulse.redis.RedisAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsLoaderTest {
    @TempDir
    Path directory;

    @Test
    void defaults_areThoseOfTheContract() {
        Settings settings = Settings.defaults();

        assertThat(settings.http()).isEqualTo(new Settings.Http("127.0.0.1", 8080, "", ""));
        assertThat(settings.storage())
                .isEqualTo(new Settings.Storage(null, Path.of("./data"), 16, Duration.ofSeconds(10), 64 << 20));
        assertThat(settings.time().clock()).isEqualTo(Settings.ClockMode.SYSTEM);
        assertThat(settings.time().zone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
        assertThat(settings.time().windows()).extracting(WindowSpec::name).containsExactly("1m", "5m", "30m", "24h");
        assertThat(settings.time().lateness()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.time().skew()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.memory())
                .isEqualTo(new Settings.Memory(
                        Duration.ofHours(4),
                        Duration.ofMinutes(30),
                        Duration.ofHours(24),
                        Duration.ofMinutes(30),
                        Duration.ofHours(48),
                        Duration.ofDays(35),
                        Duration.ofDays(9)));
        assertThat(settings.feed())
                .isEqualTo(new Settings.Feed(10_000, 256, 1_000, 64 << 10, 1 << 20, Duration.ofMinutes(2)));
        assertThat(settings.ingest()).isEqualTo(new Settings.Ingest(64 << 20, 64 << 20, 0));
        assertThat(settings.metrics()).isEqualTo(new Settings.Metrics(200, 200));
        assertThat(settings.silenceBudget()).isEqualTo(0.25);
        assertThat(settings.rewards()).containsExactly(new RewardTier(0, 50), new RewardTier(100, 100));
    }

    @Test
    void file_isFoundByItsDefaultName_nestedOrDotted() throws IOException {
        write("grouppulse.yaml", """
            # a comment
            http:
              port: 9090
            http.host: '::1'
            feed: {max_topics: 8, max_frame: 1MB}
            windows:
              - 1m/1s
              - 10m/1m
            zone: UTC
            clock: event
            metrics:
            """);

        Settings settings = load(null);

        assertThat(settings.http()).isEqualTo(new Settings.Http("::1", 9090, "", ""));
        assertThat(settings.feed().maxTopics()).isEqualTo(8);
        assertThat(settings.feed().maxFrameBytes()).isEqualTo(1_000_000);
        assertThat(settings.time().windows()).containsExactly(WindowSpec.parse("1m/1s"), WindowSpec.parse("10m/1m"));
        assertThat(settings.time().clock()).isEqualTo(Settings.ClockMode.EVENT);
    }

    @Test
    void environment_winsOverTheFile() throws IOException {
        write("grouppulse.yaml", "http.port: 9090\nshards: 4\n");

        Settings settings = SettingsLoader.load(
                        null,
                        directory,
                        Map.of(
                                "GROUPPULSE_HTTP_PORT",
                                "9191",
                                "GROUPPULSE_FEED_MAX_CONNECTIONS",
                                "5",
                                "GROUPPULSE_TOKEN",
                                "of replay",
                                "HOME",
                                "/"))
                .settings();

        assertThat(settings.http().port()).isEqualTo(9191);
        assertThat(settings.storage().shards()).isEqualTo(4);
        assertThat(settings.feed().maxConnections()).isEqualTo(5);
    }

    @Test
    void onlyComments_meansTheDefaults() throws IOException {
        assertThat(load(write("c.yaml", "# http.port: 1\n---\n"))).isEqualTo(Settings.defaults());
    }

    @Test
    void redisStore_isTaken_andPrintedWithoutItsPassword() {
        EffectiveSettings effective =
                SettingsLoader.ofKeys(Map.of("store", "rediss://pulse:pw@h1:7000,h2", "ingest.ack", "replica:2"));

        Settings.Storage storage = effective.settings().storage();
        assertThat(storage.redis()).isEqualTo(RedisAddress.parse("rediss://pulse:pw@h1:7000,h2"));
        assertThat(effective.settings().ingest().replicas()).isEqualTo(2);
        assertThat(effective.toYaml())
                .contains("store: 'rediss://***@h1:7000,h2'\n", "ingest.ack: 'replica:2'\n")
                .doesNotContain("pw", "pulse:");
    }

    @Test
    void printedSettings_loadToTheSameSettings() throws IOException {
        Map<String, String> changes = Map.of("http.host", "::1", "data.dir", "it's a: dir", "windows", "2m/1s,4m/2s");
        EffectiveSettings effective = SettingsLoader.ofKeys(changes);

        Settings again = load(write("printed.yaml", effective.toYaml()));

        assertThat(again).isEqualTo(effective.settings());
        assertThat(effective.toYaml()).contains("http.port: 8080\n", "feed.max_frame: 64KiB\n");
    }

    @Test
    void explicitFile_thatIsMissing_isAnError() {
        assertThatThrownBy(() -> load(Path.of("nowhere.yaml")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("nowhere.yaml does not exist");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http.prot: 80            | unknown key http.prot (f.yaml:1); the nearest known key is http.port",
                "port: 80                 | the nearest known key is http.port",
                "feed.max_topic: 80       | the nearest known key is feed.max_topics",
                "Shards: 80               | unknown key Shards (f.yaml:1); the nearest known key is shards",
                "http.port: 70000         | http.port: '70000' (f.yaml:1): expected a whole number 0 to 65535",
                "http.port: eighty        | http.port: 'eighty' (f.yaml:1): expected a whole number",
                "http.port: 80.5          | http.port: '80.5' (f.yaml:1): expected a whole number",
                "http.port: true          | http.port: 'true' (f.yaml:1): expected a whole number",
                "http.port: [80]          | http.port (f.yaml:1): expected one value, got a list",
                "http.port: {a: 1}        | http.port (f.yaml:1): expected a whole number 0 to 65535, got something"
                        + " else",
                "http.port:               | http.port (f.yaml:1) has no value",
                "http: 80                 | http (f.yaml:1) is a section, expected keys in it: http.host, http.port",
                "http: [80]               | http (f.yaml:1) is a section",
                "http.host: 0.0.0.0       | http.host: '0.0.0.0' (f.yaml:1): binding beyond this machine needs auth",
                "http.host: 127.0.0.1.nip.io | binding beyond this machine needs auth",
                "privacy.key: hush        | privacy.key: '***' (f.yaml:1): expected a secret of at least 32 bytes",
                "shards: 0                | shards: '0' (f.yaml:1): expected a whole number 1 to 1024",
                "clock: wall              | clock: 'wall' (f.yaml:1): expected system or event",
                "zone: Asia/Changsha      | zone: 'Asia/Changsha' (f.yaml:1): expected a time zone",
                "lateness: 10             | lateness: '10' (f.yaml:1): expected a duration such as 250ms, 10s, 5m, 24h",
                "skew: 2m                 | skew: '2m' (f.yaml:1): expected a duration",
                "windows: 5m              | windows: '5m' (f.yaml:1): expected up to 16 different width/slice pairs",
                "windows: 5m/7s           | windows: '5m/7s'",
                "windows: '5m/1s,'        | windows: '5m/1s,'",
                "windows: [5m/1s, 5m/5s]  | windows: '5m/1s, 5m/5s'",
                "windows: 30d/1d          | windows: '30d/1d'",
                "windows: [[5m/1s]]       | windows (f.yaml:1): expected up to 16",
                "feed.max_frame: 64XB     | feed.max_frame: '64XB' (f.yaml:1): expected a size such as 65536, 64KiB",
                "log.segment: 1KiB        | log.segment: '1KiB' (f.yaml:1): expected a size",
                "silence.budget: 0        | silence.budget: '0' (f.yaml:1): expected a number above 0",
                "silence.budget: .inf     | silence.budget: '.inf'",
                "store: redis://u:pw@h/x  | store: 'redis://***@h/x' (f.yaml:1): expected embedded, or redis://",
                "store: redis://u:p/w@h:x | store: 'redis://***@h:x' (f.yaml:1): expected embedded",
                "store: file:///tmp       | store: 'file:///tmp' (f.yaml:1): expected embedded",
                "ingest.ack: 'replica:1'  | ingest.ack: 'replica:1' (f.yaml:1): the embedded store has no replicas",
                "ingest.ack: 'replica:0'  | ingest.ack: 'replica:0' (f.yaml:1): expected log, or replica:N",
                "auth.jwt.secret: hush    | auth.jwt.secret: '***' (f.yaml:1): expected a secret of at least 32 bytes",
                "sources: [a, b]          | sources (f.yaml:1) is a section, expected keys in it: sources.wecom.<name>",
                "webhooks: {url: x}       | webhooks.url (f.yaml:1) is a section, expected keys in it:"
                        + " webhooks.url.type",
                "dedup.ttl: 5m            | dedup.ttl: '5m' (f.yaml:1): expected at least lateness (10m)",
                "ingest.max_body: 65MiB   | ingest.max_pending: '64MiB' (default): expected at least ingest.max_body",
                "data.dir: ''             | data.dir: '' (f.yaml:1): expected a directory",
            })
    void wrongLine_isRefusedInOneClearLine(String yaml, String message) throws IOException {
        Path file = write("f.yaml", yaml);

        assertThatThrownBy(() -> load(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n", "hush", "pw");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GROUPPULSE_HTTP_PROT    | 1 | unknown variable GROUPPULSE_HTTP_PROT; the nearest known one is"
                        + " GROUPPULSE_HTTP_PORT",
                "GROUPPULSE_HTTP_PORT    | x | http.port: 'x' (GROUPPULSE_HTTP_PORT): expected a whole number 0 to"
                        + " 65535",
                "GROUPPULSE_HTTP_PORT    | '' | http.port: '' (GROUPPULSE_HTTP_PORT): expected a whole number",
                "GROUPPULSE_PRIVACY      | x | unknown variable GROUPPULSE_PRIVACY; the nearest known one is GROUPPULSE_PRIVACY_KEY",
            })
    void wrongVariable_isRefusedInOneClearLine(String variable, String text, String message) {
        assertThatThrownBy(() -> SettingsLoader.load(null, directory, Map.of(variable, text)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void secrets_areKnownByTheirNames() {
        assertThat(new Given("auth.jwt.secret", "hush", "f").shown()).isEqualTo("***");
        assertThat(new Given("privacy.key", "hush", "f").refuse("expected x")).hasMessageNotContaining("hush");
        assertThat(Keys.names().stream().filter(Given::isSecret)).containsExactly("auth.jwt.secret", "privacy.key");
    }

    private Settings load(@org.jspecify.annotations.Nullable Path file) {
        return SettingsLoader.load(file, directory, Map.of()).settings();
    }

    private Path write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
        return Path.of(name);
    }
}
