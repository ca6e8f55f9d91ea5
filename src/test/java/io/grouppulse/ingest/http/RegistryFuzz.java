package io.grouppulse.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grouppulse.fuzz.ParserFuzz;
import io.grouppulse.http.BadInput;
import io.grouppulse.ingest.CampaignJson;
import java.util.List;

/** What the registry is told of groups, rosters and campaigns. */
public final class RegistryFuzz implements ParserFuzz {
    @Override
    public List<byte[]> seeds() {
        return List.of(
                ("{\"name\":\"群\",\"orgs\":[\"bbg/hunan/meixi\",\"retail/team-3\"],\"capacity\":500,\"tags\":[\"t\"],"
                                + "\"owner\":\"o\"}")
                        .getBytes(UTF_8),
                "{\"members\":[{\"id\":\"m1\",\"role\":\"staff\"},{\"id\":\"m2\"}],\"version\":7}".getBytes(UTF_8),
                ("{\"name\":\"c\",\"org\":\"bbg\",\"from\":1790000000000,\"to\":\"2026-11-11T20:00:00Z\","
                                + "\"targets\":{\"gmv\":1,\"orders\":2},\"compareTo\":\"d\"}")
                        .getBytes(UTF_8),
                "{\"name\":\"c\",\"groups\":[\"g1\",\"g2\"],\"from\":1,\"to\":2}".getBytes(UTF_8));
    }

    @Override
    public void feed(byte[] input) {
        allow(() -> GroupBodies.profile("g", input));
        allow(() -> GroupBodies.roster("g", input, 1, 1));
        allow(() -> CampaignJson.read("c", input));
    }

    private interface Reading {
        Object read() throws BadInput;
    }

    private static void allow(Reading reading) {
        try {
            if (reading.read() == null) {
                throw new AssertionError("neither read nor refused");
            }
        } catch (BadInput e) {
            if (String.valueOf(e.getMessage()).length() > 1_000) {
                throw new AssertionError("a refusal that repeats the input", e);
            }
        }
    }
}
