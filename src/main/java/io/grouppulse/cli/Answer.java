package io.grouppulse.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the monitor says of one body of events. */
record Answer(long accepted, long rejected, List<Refusal> refusals) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** @param index place of the event in the body, from 0 */
    record Refusal(int index, String code, String detail) {}

    /** @throws IOException if this is not an answer as the contract has it */
    static Answer parse(byte[] json) throws IOException {
        JsonNode answer = MAPPER.readTree(json);
        if (!answer.path("accepted").canConvertToLong()
                || !answer.path("rejected").canConvertToLong()) {
            throw new IOException("the answer does not say what was accepted");
        }
        List<Refusal> refusals = new ArrayList<>();
        for (JsonNode error : answer.path("errors")) {
            refusals.add(new Refusal(
                    error.path("index").asInt(),
                    error.path("code").asText(),
                    error.path("detail").asText()));
        }
        return new Answer(
                answer.path("accepted").asLong(), answer.path("rejected").asLong(), refusals);
    }

    /** All events of a body refused for one reason, told by a problem document if there is one. */
    static Answer ofProblem(int lines, String code, byte[] problem) {
        Refusal refusal = new Refusal(0, code, "");
        try {
            JsonNode told = MAPPER.readTree(problem);
            refusal = new Refusal(
                    0, told.path("code").asText(code), told.path("detail").asText());
        } catch (IOException e) {
            // No problem document: the status has to do.
        }
        return new Answer(0, lines, List.of(refusal));
    }

    /** This answer and that of the rest of the same body, whose indexes start over. */
    Answer and(Answer rest, int offset) {
        List<Refusal> all = new ArrayList<>(refusals);
        rest.refusals.forEach(r -> all.add(new Refusal(r.index() + offset, r.code(), r.detail())));
        return new Answer(accepted + rest.accepted, rejected + rest.rejected, all);
    }
}
