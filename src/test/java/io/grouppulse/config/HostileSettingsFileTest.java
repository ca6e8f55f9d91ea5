package io.grouppulse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(20)
class HostileSettingsFileTest {
    @TempDir
    Path directory;

    static Stream<Arguments> files() {
        String bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nwindows: [*b,*b,*b,*b,*b,*b]\n";
        return Stream.of(
                Arguments.of("", "is empty"),
                Arguments.of(" \n\n\t", "is empty"),
                Arguments.of("#" + "x".repeat(1 << 20), "larger than 1MiB"),
                Arguments.of("http.port: 80\0", "not UTF-8 text"),
                Arguments.of("http.port: 80\nhttp.port: 81\n", "http.port (f.yaml:2) is given twice"),
                Arguments.of("http: {port: 80}\nhttp.port: 81\n", "http.port (f.yaml:2) is given twice"),
                Arguments.of("http: {port: 80}\nhttp: {host: x}\n", "http (f.yaml:2) is given twice"),
                Arguments.of("- http.port\n", "expected 'key: value' lines"),
                Arguments.of("hello\n", "expected 'key: value' lines"),
                Arguments.of("shards: 2\n---\nshards: 3\n", "expected one YAML document"),
                Arguments.of("shards: 2\n  skew: 3s\n", "f.yaml:2: not valid YAML"),
                Arguments.of("shards: \"2\n", "not valid YAML"),
                Arguments.of("\tshards: 2\n", "not valid YAML"),
                Arguments.of(bomb, "unknown key a"),
                Arguments.of("zone: &z UTC\nclock: *z\n", "clock (f.yaml:2): YAML aliases are not supported"),
                Arguments.of("windows: &w [1m/1s, *w]\n", "YAML aliases are not supported"),
                Arguments.of("<<: {shards: 2}\n", "unknown key <<"),
                Arguments.of("{".repeat(100_000), "f.yaml:1: "),
                Arguments.of("[".repeat(100_000), "expected 'key: value' lines"),
                Arguments.of("http: ".repeat(20), "f.yaml:1"),
                Arguments.of("windows: " + "[".repeat(5_000), "windows (f.yaml:1)"),
                Arguments.of("shards: !!binary aGVsbG8=\n", "shards"),
                Arguments.of("shards: !!java.net.URL [x]\n", "shards (f.yaml:1): expected one value"),
                Arguments.of("shards: " + "9".repeat(5_000) + "\n", "shards"),
                Arguments.of("k".repeat(900) + ": 1\n", "unknown key kkkk"),
                Arguments.of("? [a, b]\n: 1\n", "f.yaml:1"),
                Arguments.of("\"a\\nb\": 1\n", "unknown key a?b"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void hostileFile_isRefusedInOneShortLine(String text, String message) throws IOException {
        assertThat(refusalOf(text.getBytes(StandardCharsets.UTF_8))).contains(message);
    }

    @Test
    void binaryFile_isRefused() throws IOException {
        assertThat(refusalOf(new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE}))
                .contains("not UTF-8 text");
    }

    @Test
    void directory_isRefused() {
        ConfigException refusal = catchThrowableOfType(
                ConfigException.class, () -> SettingsLoader.load(Path.of("."), directory, Map.of()));

        assertThat(refusal).hasMessageContaining("is a directory");
    }

    private String refusalOf(byte[] bytes) throws IOException {
        Files.write(directory.resolve("f.yaml"), bytes);
        ConfigException refusal = catchThrowableOfType(
                ConfigException.class, () -> SettingsLoader.load(Path.of("f.yaml"), directory, Map.of()));
        assertThat(refusal).isNotNull();
        assertThat(refusal.getMessage()).doesNotContain("\n").hasSizeLessThan(400);
        return String.valueOf(refusal.getMessage());
    }
}
