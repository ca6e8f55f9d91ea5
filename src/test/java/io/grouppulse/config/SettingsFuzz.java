package io.grouppulse.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grouppulse.fuzz.ParserFuzz;
import java.util.List;

/** Settings files: read, or refused in one short line. */
public final class SettingsFuzz implements ParserFuzz {
    @Override
    public List<byte[]> seeds() {
        return List.of(bytes("""
                        http:
                          port: 8080
                          host: 127.0.0.1
                        store: embedded
                        shards: 16
                        windows: [1m/1s, 5m/1s]
                        lateness: 10m
                        zone: Asia/Shanghai
                        metrics.groups: 200
                        """), bytes("""
                        store: redis://localhost:6379
                        silence.budget: 0.25
                        ingest:
                          ack: replica:1
                          max_body: 64MiB
                        sources.redis.pos: {stream: s, group: g}
                        # done
                        """), bytes("""
                        sources:
                          wecom:
                            w: {token: t, aes_key: jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C, receiver: r}
                        webhooks.a: {url: 'https://example.com/x', format: json}
                        privacy.key: "x"
                        """));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Override
    public void feed(byte[] input) {
        try {
            String text = SettingsFile.text("f.yaml", input);
            EffectiveSettings settings = EffectiveSettings.of(YamlKeys.read(text, "f.yaml"));
            if (settings.toYaml().isEmpty()) {
                throw new AssertionError("settings that cannot be shown");
            }
        } catch (ConfigException e) {
            String line = String.valueOf(e.getMessage());
            if (line.contains("\n") || line.length() > 1_000) {
                throw new AssertionError("not one short line: " + line, e);
            }
        }
    }
}
