package io.grouppulse.config;

import java.util.Map;

/** What was given for one named section, read field by field. */
final class Section {
    private final String path;
    private final Map<String, Given> given;

    /** @param path such as {@code sources.wecom.main} */
    Section(String path, Map<String, Given> given) {
        this.path = path;
        this.given = given;
    }

    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** @throws ConfigException if the field is wrong, or missing and required */
    <T> T get(Field<T> field) {
        Key<T> key = field.in(path);
        Given value = given.get(key.name());
        if (value == null && field.defaultText() == null) {
            throw new ConfigException(key.name() + " is missing (" + path + " is declared at " + place()
                    + "); expected " + field.allowed());
        }
        return key.parse(value == null ? new Given(key.name(), key.defaultText(), "default") : value);
    }

    /** Refuses what a field says, for a reason that lies in another field. */
    ConfigException refuse(Field<?> field, String why) {
        Given value = given.get(field.in(path).name());
        return value == null ? new ConfigException(field.in(path).name() + ": " + why) : value.refuse(why);
    }

    /** Whether the field was given. */
    boolean has(Field<?> field) {
        return given.containsKey(field.in(path).name());
    }

    private String place() {
        return given.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(path + "."))
                .map(entry -> entry.getValue().place())
                .min(String::compareTo)
                .orElse("an unknown place");
    }
}
