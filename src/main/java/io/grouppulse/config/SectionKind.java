package io.grouppulse.config;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A thing of which an operator may have several, each under a name of its own: keys {@code prefix.<name>.<field>}.
 *
 * @param prefix such as {@code webhooks} or {@code sources.wecom}
 * @param maker turns one section into its record
 */
record SectionKind<T>(String prefix, List<Field<?>> fields, Function<Section, T> maker) {

    /** The section in which a key lies, such as {@code sources.wecom.main}; null if the key is none of this kind. */
    @Nullable String sectionOf(String key) {
        if (!key.startsWith(prefix + ".")) {
            return null;
        }
        int end = key.indexOf('.', prefix.length() + 1);
        String section = end < 0 ? key : key.substring(0, end);
        return section.length() == prefix.length() + 1 ? null : section;
    }

    /** The field of a full key, null if the key has none of this kind. */
    @Nullable Field<?> fieldOf(String key) {
        String section = sectionOf(key);
        return section == null
                ? null
                : fields.stream()
                        .filter(field -> key.equals(section + "." + field.name()))
                        .findFirst()
                        .orElse(null);
    }

    /** The full names of all fields in one section. */
    Stream<String> keysIn(String section) {
        return fields.stream().map(field -> section + "." + field.name());
    }

    /** The sections that some keys lie in, by name. */
    Stream<String> sectionsOf(Stream<String> keys) {
        return keys.map(this::sectionOf).filter(Objects::nonNull).distinct().sorted();
    }
}
