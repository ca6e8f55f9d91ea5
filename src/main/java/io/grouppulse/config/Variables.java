package io.grouppulse.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The environment's word on settings: {@code GROUPPULSE_HTTP_PORT} sets {@code http.port}. */
final class Variables {
    static final String PREFIX = "GROUPPULSE_";

    private Variables() {}

    /** @throws ConfigException if a variable with our prefix sets no key */
    static Map<String, Given> read(Map<String, String> environment) {
        Map<String, String> variableToKey =
                Keys.byName().values().stream().collect(Collectors.toMap(Key::variable, Key::name));
        Map<String, Given> given = new LinkedHashMap<>();
        new TreeMap<>(environment).forEach((variable, text) -> {
            if (variable.startsWith(PREFIX)) {
                String key = variableToKey.get(variable);
                if (key == null) {
                    throw unknown(variable, variableToKey);
                }
                given.put(key, new Given(key, text, variable));
            }
        });
        return given;
    }

    private static ConfigException unknown(String variable, Map<String, String> variableToKey) {
        String key =
                variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
        if (Keys.isOfLaterVersion(key)) {
            return new ConfigException(variable + " is not supported by this version");
        }
        return new ConfigException("unknown variable " + variable + "; the nearest known one is "
                + NearestName.to(variable, variableToKey.keySet()));
    }
}
