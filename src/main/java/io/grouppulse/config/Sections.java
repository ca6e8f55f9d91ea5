package io.grouppulse.config;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every kind of named section there is, and the keys that lie in them. */
final class Sections {
    static final List<SectionKind<?>> KINDS = List.of(
            SealedSource.WECOM,
            SealedSource.CHANNELS,
            YouzanSource.KIND,
            ShopSource.KIND,
            RedisSource.KIND,
            Webhook.KIND);

    private static final String SOURCES = "sources.";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,39}");

    private Sections() {}

    /** The field of a full key, null if it is none or its section's name cannot be one. */
    static @Nullable Field<?> fieldOf(String key) {
        SectionKind<?> kind = kindOf(key);
        return kind == null || !hasName(kind, key) ? null : kind.fieldOf(key);
    }

    /** The setting of a full key, null if it is none. */
    static @Nullable Key<?> keyOf(String key) {
        SectionKind<?> kind = kindOf(key);
        Field<?> field = fieldOf(key);
        return kind == null || field == null ? null : field.in(String.valueOf(kind.sectionOf(key)));
    }

    /** Whether a key is one named section, such as {@code sources.wecom.main}. */
    static boolean isNamed(String key) {
        SectionKind<?> kind = kindOf(key);
        return kind != null && key.equals(kind.sectionOf(key)) && hasName(kind, key);
    }

    /** Whether keys of sections may stand under this one. */
    static boolean isAbove(String key) {
        return KINDS.stream().anyMatch(kind -> (kind.prefix() + ".").startsWith(key + "."))
                || isNamed(key)
                || keysAround(key).anyMatch(known -> known.startsWith(key + "."));
    }

    /** The known keys among which the nearest to this one is to be sought; none if it lies in no kind of section. */
    static Stream<String> keysAround(String key) {
        SectionKind<?> kind = kindOf(key);
        return kind == null || !hasName(kind, key) ? Stream.empty() : kind.keysIn(String.valueOf(kind.sectionOf(key)));
    }

    /** All keys there could be, with {@code <name>} for the name. */
    static Stream<String> patterns() {
        return KINDS.stream().flatMap(kind -> kind.keysIn(kind.prefix() + ".<name>"));
    }

    /** Where sections stand, with {@code <name>} for the name. */
    static Stream<String> places() {
        return KINDS.stream().map(kind -> kind.prefix() + ".<name>");
    }

    /** @throws ConfigException if the key lies in a section whose name cannot be one */
    static void requireName(String key, String shown, String place) {
        SectionKind<?> kind = kindOf(key);
        if (kind != null && !hasName(kind, key)) {
            throw new ConfigException(shown + " (" + place + "): the name after " + kind.prefix()
                    + ". must be 1 to 40 letters, digits, - or _, the first a letter or digit");
        }
    }

    /** The records of all sections of a kind, by name. */
    static <T> List<T> read(SectionKind<T> kind, Map<String, Given> given) {
        return sectionsOf(kind, given.keySet())
                .map(section -> kind.maker().apply(new Section(section, given)))
                .toList();
    }

    static Stream<String> sectionsOf(SectionKind<?> kind, Set<String> keys) {
        return kind.sectionsOf(keys.stream());
    }

    /**
     * Names must differ by more than case and dashes, or their variables would be the same; and no two sources share one,
     * for it is what their events are known by.
     *
     * @throws ConfigException on the first name that is taken
     */
    static void refuseSameNames(Set<String> keys) {
        Map<String, String> sectionOf = new HashMap<>();
        KINDS.forEach(kind -> sectionsOf(kind, keys).forEach(section -> {
            String name = fold(section.substring(kind.prefix().length() + 1));
            String place = kind.prefix().startsWith(SOURCES) ? SOURCES : kind.prefix() + ".";
            String other = sectionOf.put(place + name, section);
            if (other != null) {
                throw new ConfigException(section + " has the name of " + other
                        + "; names must differ by more than upper and lower case, - and _");
            }
        }));
    }

    /** A name as variables can write it. */
    static String fold(String name) {
        return name.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static @Nullable SectionKind<?> kindOf(String key) {
        return KINDS.stream()
                .filter(kind -> kind.sectionOf(key) != null)
                .findFirst()
                .orElse(null);
    }

    private static boolean hasName(SectionKind<?> kind, String key) {
        String section = String.valueOf(kind.sectionOf(key));
        return NAME.matcher(section.substring(kind.prefix().length() + 1)).matches();
    }
}
