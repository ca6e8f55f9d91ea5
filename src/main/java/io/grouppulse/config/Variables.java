package io.grouppulse.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The environment's word on settings: {@code GROUPPULSE_HTTP_PORT} sets {@code http.port}. */
final class Variables {
    static final String PREFIX = "GROUPPULSE_";

    /** With our prefix and no setting: what {@code replay} takes beside its options. */
    private static final Set<String> OF_COMMANDS = Set.of("GROUPPULSE_TOKEN");

    private Variables() {}

    /**
     * @param inFile the keys that the file sets
     * @throws ConfigException if a variable with our prefix sets no key, or could set several
     */
    static Map<String, Given> read(Map<String, String> environment, Set<String> inFile) {
        SectionVariables sections = new SectionVariables(inFile);
        Map<String, String> variableToKey =
                Keys.byName().values().stream().collect(Collectors.toMap(Key::variable, Key::name));
        Map<String, Given> given = new LinkedHashMap<>();
        new TreeMap<>(environment).forEach((variable, text) -> {
            if (variable.startsWith(PREFIX) && !OF_COMMANDS.contains(variable)) {
                String known = variableToKey.get(variable);
                String key = known == null ? sections.keyOf(variable) : known;
                if (key == null) {
                    throw unknown(variable, variableToKey);
                }
                Given other = given.put(key, new Given(key, text, variable));
                if (other != null) {
                    throw new ConfigException(key + " is given twice, by " + other.place() + " and " + variable);
                }
            }
        });
        return given;
    }

    private static ConfigException unknown(String variable, Map<String, String> variableToKey) {
        return new ConfigException("unknown variable " + variable + "; the nearest known one is "
                + NearestName.to(variable, names(variableToKey.keySet())));
    }

    private static List<String> names(Set<String> ofKeys) {
        Stream<String> ofSections =
                Sections.patterns().map(key -> PREFIX + Sections.fold(key).replace("<NAME>", "<name>"));
        return Stream.concat(ofKeys.stream(), ofSections).toList();
    }
}
