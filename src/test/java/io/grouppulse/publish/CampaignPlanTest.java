package io.grouppulse.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CampaignPlanTest {
    /** Groups are divided by spaces. */
    @ParameterizedTest
    @CsvSource({
        "'', '', b/2, '', true",
        "'', '', '', g1, true",
        "a/1, '', a/1, '', true",
        "a/1, '', a/1/x, '', true",
        "a/1, '', a/10, '', false",
        "a/1, '', a, '', false",
        "a/1, '', '', '', false",
        "a/1, '', '', g1, false",
        "'', g1 g2, '', g2, true",
        "'', g1 g2, '', g2 g3, false",
        "'', g1 g2, a/1, '', false"
    })
    void earlierCampaign_isWithin_whereEveryReaderOfThisOneMaySeeIt(
            String org, String groups, String otherOrg, String otherGroups, boolean expected) {
        assertThat(plan(org, groups).holds(plan(otherOrg, otherGroups))).isEqualTo(expected);
    }

    private static CampaignPlan plan(String org, String groups) {
        Set<String> named = groups.isEmpty() ? Set.of() : Set.of(groups.split(" ", -1));
        return new CampaignPlan("c", "c", org, named, 0, 1, null, null, null);
    }
}
