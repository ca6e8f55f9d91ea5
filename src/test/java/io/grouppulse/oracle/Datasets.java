package io.grouppulse.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Real events made by others, read with a small parser of its own from the files beside the project. */
public final class Datasets {

    private static final Path DIRECTORY = Path.of("..", "shared", "data");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Datasets() {}

    /** Ten days of 164 chat channels, messages only. */
    public static List<GroupEvent> ubuntuIrc() {
        return read(DIRECTORY.resolve("ubuntu-irc-2013-01.ndjson.gz"));
    }

    /** One channel over years, with joins and leaves. */
    public static List<GroupEvent> ubuntuDisentangle() {
        return read(DIRECTORY.resolve("ubuntu-disentangle.ndjson.gz"));
    }

    /** Paid orders of 293 stores over a year, and coupons. */
    public static List<GroupEvent> completeJourney() {
        return read(DIRECTORY.resolve("complete-journey.ndjson.gz"));
    }

    /** Twenty shopping sessions: views, carts, orders without amounts. */
    public static List<GroupEvent> otto() {
        return read(DIRECTORY.resolve("otto-sample.ndjson.gz"));
    }

    /**
     * The events of a file of gzipped NDJSON, in its order.
     *
     * @throws IllegalStateException if the file is missing
     */
    public static List<GroupEvent> read(Path ndjsonGz) {
        if (!Files.isRegularFile(ndjsonGz)) {
            throw new IllegalStateException(
                    "missing data set: " + ndjsonGz.toAbsolutePath().normalize()
                            + " (the tests read it from ../shared/data beside the project)");
        }
        try (BufferedReader lines = open(ndjsonGz)) {
            return parse(lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + ndjsonGz, e);
        }
    }

    private static BufferedReader open(Path gz) throws IOException {
        return new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(gz), 1 << 16), StandardCharsets.UTF_8));
    }

    private static List<GroupEvent> parse(BufferedReader lines) throws IOException {
        List<GroupEvent> events = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank()) {
                events.add(event(JSON.readTree(line)));
            }
        }
        return events;
    }

    private static GroupEvent event(JsonNode json) {
        return new GroupEvent(
                text(json, "source", "api"),
                text(json, "id", ""),
                type(json),
                ts(json.path("ts")),
                text(json, "group", ""),
                text(json, "member"),
                role(json),
                text(json, "order"),
                json.path("amount").asLong(GroupEvent.NO_AMOUNT),
                text(json, "item"),
                json.path("quantity").asInt(0),
                text(json, "share"),
                text(json, "inviter"),
                text(json, "channel"),
                text(json, "campaign"),
                text(json, "reason"),
                text(json, "target"),
                null);
    }

    private static EventType type(JsonNode json) {
        EventType type = EventType.ofWireName(text(json, "type", ""));
        if (type == null || type == EventType.CHAIN_POSTED) {
            throw new IllegalStateException("a type that no data set was known to have: " + json);
        }
        return type;
    }

    private static long ts(JsonNode ts) {
        return ts.isTextual() ? OffsetDateTime.parse(ts.textValue()).toInstant().toEpochMilli() : ts.longValue();
    }

    private static @Nullable Role role(JsonNode json) {
        String role = text(json, "role");
        return role == null ? null : Role.ofWireName(role);
    }

    private static String text(JsonNode json, String field, String otherwise) {
        String text = text(json, field);
        return text == null ? otherwise : text;
    }

    private static @Nullable String text(JsonNode json, String field) {
        return json.path(field).textValue();
    }
}
