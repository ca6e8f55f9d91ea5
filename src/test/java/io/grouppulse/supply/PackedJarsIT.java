package io.grouppulse.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The packed program consists of its own classes and of those of the jars that Maven has resolved, of each of them. */
class PackedJarsIT {

    @Test
    void packedProgram_isMadeOfTheListedJars() throws IOException {
        Set<String> packed = classes(
                Path.of(Objects.requireNonNull(System.getProperty("grouppulse.jar"), "it names the packed program")));
        packed.removeIf(name -> name.startsWith("io/grouppulse/"));
        Set<String> explained = new HashSet<>();
        for (Resolved jar : Resolved.all()) {
            Set<String> own = classes(jar.jar());
            assertThat(packed).as("classes of %s", jar.artifact()).containsAll(own);
            explained.addAll(own);
        }

        assertThat(packed).isNotEmpty().isSubsetOf(explained);
    }

    private static Set<String> classes(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
                    .collect(Collectors.toSet());
        }
    }
}
