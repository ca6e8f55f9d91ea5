package io.grouppulse.publish.screen;

import static io.grouppulse.publish.screen.Stage.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of the sources in Chromium, on a running demo. */
class SourcesPageIT {
    private static final String ACCEPTED =
            "document.querySelector('[data-source=shop] [data-field=accepted]')?.dataset.value";

    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void acceptedEvents_duringASale_lieBetweenTheAnswersOfRestBeforeAndAfter() {
        stage.open("sources.html?lang=en");
        // The first sale has to come before there is a source of that name.
        stage.await("Number(" + ACCEPTED + ") > 0", SOON);
        long before = accepted();

        stage.await("Number(" + ACCEPTED + ") >= " + before, SOON);
        long shown = Long.parseLong((String) stage.page().evaluate("() => " + ACCEPTED));

        assertThat(shown).isBetween(before, accepted());
        assertThat(stage.page().locator("[data-source=shop] .state").textContent())
                .contains("up");
        assertThat(stage.page().locator("#sources").textContent()).contains("shop", "lag");
        stage.assertNoComplaintAndNoOtherHost();
    }

    private long accepted() {
        for (JsonNode source : stage.get("api/v1/sources").get("items")) {
            if (source.get("source").asText().equals("shop")) {
                return source.get("accepted").asLong();
            }
        }
        throw new AssertionError("there is no source shop");
    }
}
