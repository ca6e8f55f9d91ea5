package io.grouppulse.config;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which key of a named section a variable sets. A variable cannot tell a dot from an underscore, so a name that the file
 * declares wins; a name that only variables give is taken, in lower case, if there is one way to read it.
 */
final class SectionVariables {
    private final Set<String> declared;

    /** @param keys the keys that the file sets */
    SectionVariables(Collection<String> keys) {
        declared = Sections.KINDS.stream()
                .flatMap(kind -> kind.sectionsOf(keys.stream()))
                .collect(Collectors.toSet());
    }

    /**
     * The key, null if the variable sets none of a section.
     *
     * @throws ConfigException if the variable can be read as more than one
     */
    @Nullable String keyOf(String variable) {
        Set<String> ofFile = new LinkedHashSet<>();
        Set<String> others = new LinkedHashSet<>();
        for (SectionKind<?> kind : Sections.KINDS) {
            for (Field<?> field : kind.fields()) {
                read(variable, kind, field, ofFile, others);
            }
        }
        Set<String> keys = ofFile.isEmpty() ? others : ofFile;
        if (keys.size() > 1) {
            throw new ConfigException(
                    variable + " can be read as " + String.join(" or ", keys) + "; declare the section in the file");
        }
        return keys.isEmpty() ? null : keys.iterator().next();
    }

    private void read(String variable, SectionKind<?> kind, Field<?> field, Set<String> ofFile, Set<String> others) {
        String head = Variables.PREFIX + Sections.fold(kind.prefix()) + "_";
        String tail = "_" + Sections.fold(field.name());
        if (!variable.startsWith(head)
                || !variable.endsWith(tail)
                || variable.length() <= head.length() + tail.length()) {
            return;
        }
        String name = variable.substring(head.length(), variable.length() - tail.length());
        String section = kind.prefix() + "." + name.toLowerCase(Locale.ROOT);
        for (String known : declared) {
            if (Sections.fold(known).equals(Sections.fold(section)) && known.startsWith(kind.prefix() + ".")) {
                ofFile.add(known + "." + field.name());
            }
        }
        if (Sections.isNamed(section)) {
            others.add(section + "." + field.name());
        }
    }
}
