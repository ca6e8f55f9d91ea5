package io.grouppulse.fuzz;

import io.grouppulse.access.TokenFuzz;
import io.grouppulse.config.SettingsFuzz;
import io.grouppulse.domain.group.SavedGroupFuzz;
import io.grouppulse.ingest.callback.wecom.WeComFuzz;
import io.grouppulse.ingest.http.RegistryFuzz;
import io.grouppulse.publish.feed.FeedFrameFuzz;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The parsers that are fuzzed, by name. */
public final class Fuzzers {
    private static final Map<String, Supplier<ParserFuzz>> ALL = Map.ofEntries(
            Map.entry("events", () -> BodyFuzz.EVENTS),
            Map.entry("cloudevents", () -> BodyFuzz.CLOUD_EVENTS),
            Map.entry("gzip", GzipFuzz::new),
            Map.entry("flat", FlatFuzz::new),
            Map.entry("chain", ChainFuzz::new),
            Map.entry("registry", RegistryFuzz::new),
            Map.entry("feed", FeedFrameFuzz::new),
            Map.entry("wecom", WeComFuzz::new),
            Map.entry("settings", SettingsFuzz::new),
            Map.entry("tokens", TokenFuzz::new),
            Map.entry("saved", SavedGroupFuzz::new));

    private Fuzzers() {}

    public static Iterable<String> names() {
        return new TreeMap<>(ALL).keySet();
    }

    public static ParserFuzz of(String name) {
        Supplier<ParserFuzz> found = ALL.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no fuzzer " + name + "; there are " + names());
        }
        return found.get();
    }
}
