package io.grouppulse.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The SBOM, checked by the profile that writes it: the jars of the list, and nothing that changes from build to build. */
class SbomCheck {

    @Test
    void sbom_isTheList_withVersionsAndLicences() throws IOException {
        assertThat(Sbom.components()).containsExactlyInAnyOrderElementsOf(ListedDependencies.components());
    }

    @Test
    void sbom_saysNothingThatChangesFromBuildToBuild() throws IOException {
        assertThat(Sbom.read().containsKey("serialNumber")).isFalse();
        assertThat(Sbom.read().getJsonObject("metadata").containsKey("timestamp"))
                .isFalse();
    }
}
