package io.grouppulse.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The list of dependencies in the docs is what Maven resolves for the program, no more and no less. */
class DependenciesTest {

    @Test
    void list_isWhatMavenResolves() throws IOException {
        assertThat(Resolved.all()).hasSizeGreaterThan(40);
        assertThat(ListedDependencies.components())
                .extracting(component -> component.artifact() + " " + component.version())
                .containsExactlyInAnyOrderElementsOf(Resolved.all().stream()
                        .map(jar -> jar.artifact() + " " + jar.version())
                        .toList());
    }

    @Test
    void eachRow_saysItsLicences_andWhatItIsFor() throws IOException {
        assertThat(ListedDependencies.rows()).hasSizeGreaterThan(10).allSatisfy(cells -> {
            assertThat(cells[3].strip()).isNotEmpty();
            assertThat(cells[4].strip()).isNotEmpty();
        });
    }
}
