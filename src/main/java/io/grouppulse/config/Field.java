package io.grouppulse.config;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One value inside a named section.
 *
 * @param defaultText null if the field must be given
 * @param allowed completes the sentence "expected …"
 * @param isSecret whether its value is masked wherever it is shown
 * @param takesList whether YAML may give it as a list; its text is then the items, joined by commas
 * @param parser turns a text into the value, or throws IllegalArgumentException
 */
record Field<T>(
        String name,
        @Nullable String defaultText,
        String allowed,
        boolean isSecret,
        boolean takesList,
        Function<String, T> parser) {

    static <T> Field<T> required(String name, String allowed, Function<String, T> parser) {
        return new Field<>(name, null, allowed, false, false, parser);
    }

    static <T> Field<T> optional(String name, String defaultText, String allowed, Function<String, T> parser) {
        return new Field<>(name, defaultText, allowed, false, false, parser);
    }

    /** A list of texts, empty unless given. */
    static Field<List<String>> list(String name, String allowed) {
        return new Field<>(name, "", allowed, false, true, Field::items);
    }

    Field<T> secret() {
        return new Field<>(name, defaultText, allowed, true, takesList, parser);
    }

    /** The setting that this field is in one section. */
    Key<T> in(String section) {
        return new Key<>(section + "." + name, defaultText == null ? "" : defaultText, allowed, parser);
    }

    static String notEmpty(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        return text;
    }

    static Function<String, String> oneOf(String... choices) {
        List<String> all = List.of(choices);
        return text -> {
            if (!all.contains(text)) {
                throw new IllegalArgumentException("none of the choices");
            }
            return text;
        };
    }

    static List<String> items(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",", -1))
                        .map(item -> notEmpty(item.trim()))
                        .toList();
    }
}
