package io.grouppulse.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts settings together: defaults, then the file, then the environment. */
public final class SettingsLoader {
    private static final String DEFAULT_FILE = "grouppulse.yaml";

    private SettingsLoader() {}

    /**
     * @param file the file asked for, or null: then {@code grouppulse.yaml} in the directory, if there is one
     * @throws ConfigException on the first thing that is wrong
     */
    public static EffectiveSettings load(@Nullable Path file, Path directory, Map<String, String> environment) {
        Map<String, Given> given = new HashMap<>();
        Path source = file == null ? directory.resolve(DEFAULT_FILE) : directory.resolve(file);
        if (file != null || Files.exists(source)) {
            String name = String.valueOf(file == null ? DEFAULT_FILE : file);
            given.putAll(YamlKeys.read(SettingsFile.read(source, name), name));
        }
        given.putAll(Variables.read(environment, Set.copyOf(given.keySet())));
        return EffectiveSettings.of(given);
    }

    static EffectiveSettings ofKeys(Map<String, String> texts) {
        Map<String, Given> given = new HashMap<>();
        texts.forEach((key, text) -> {
            Keys.requireKnown(key, "given");
            given.put(key, new Given(key, text, "given"));
        });
        return EffectiveSettings.of(given);
    }
}
