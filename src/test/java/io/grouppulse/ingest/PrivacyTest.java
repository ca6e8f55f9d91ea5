package io.grouppulse.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grouppulse.eventlog.ShardMap;
import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.MonitorInProcess;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A monitor with {@code privacy.key}: what it stores, and that it counts as one without. */
class PrivacyTest {
    private static final Map<String, String> ON = Map.of("privacy.key", "a key of pseudonyms, of 32 bytes at least");
    private static final long TS = 1_795_399_200_000L;
    private static final List<String> PEOPLE = List.of("buyer-zhang", "friend-li", "staff-wang", "refused-zhao");

    @TempDir
    Path dir;

    private static String sale() {
        return Stream.of(
                        event("joined", "member.joined", "buyer-zhang").put("inviter", "friend-li"),
                        event("opened", "share.opened", "buyer-zhang").put("share", "s"),
                        event("paid", "order.paid", "buyer-zhang")
                                .put("order", "o-1")
                                .put("amount", 100),
                        event("again", "order.paid", "buyer-zhang")
                                .put("order", "o-2")
                                .put("amount", 50),
                        event("without", "order.paid", "buyer-zhang")
                                .put("order", "o-3")
                                .put("amount", 7)
                                .put("share", "s")
                                .putNull("group"),
                        event("spoke", "message.sent", "staff-wang"),
                        event("refused", "order.paid", "refused-zhao"))
                .map(JsonObject::encode)
                .reduce((one, other) -> one + "\n" + other)
                .orElseThrow();
    }

    private static JsonObject event(String id, String type, String member) {
        return new JsonObject()
                .put("id", id)
                .put("type", type)
                .put("ts", TS)
                .put("group", "g")
                .put("member", member);
    }

    private static void fill(MonitorInProcess monitor) throws Exception {
        monitor.send(
                "PUT",
                "/api/v1/groups/g/roster",
                "{\"version\":1,\"members\":[{\"id\":\"staff-wang\",\"role\":\"staff\"}]}");
        assertThat(monitor.events(sale()).getInteger("rejected")).isEqualTo(1);
    }

    private static List<JsonObject> answers(MonitorInProcess monitor) throws Exception {
        return List.of(
                monitor.get("/api/v1/groups/g"),
                monitor.get("/api/v1/orgs"),
                monitor.get("/api/v1/people"),
                monitor.get("/api/v1/membership"),
                monitor.get("/api/v1/repurchase"));
    }

    @Test
    void measures_areThoseOfAMonitorWithoutPseudonyms() throws Exception {
        try (MonitorInProcess hiding = MonitorInProcess.start(dir.resolve("on"), ON);
                MonitorInProcess plain = MonitorInProcess.start(dir.resolve("off"), Map.of())) {
            fill(hiding);
            fill(plain);

            assertThat(answers(hiding)).isEqualTo(answers(plain));
            assertThat(hiding.get("/api/v1/boards/referrers")
                            .getJsonArray("items")
                            .getJsonObject(0)
                            .getString("referrer"))
                    .startsWith("p***");
        }
    }

    @Test
    void nothingUnderDataDir_namesAMember() throws Exception {
        try (MonitorInProcess monitor = MonitorInProcess.start(dir, ON)) {
            fill(monitor);
            JsonObject reject =
                    monitor.get("/api/v1/rejects").getJsonArray("items").getJsonObject(0);
            assertThat(reject.getString("code")).isEqualTo("missing_field");
            assertThat(reject.getValue("raw")).isNull();
        }

        assertThat(namedUnder(dir)).isEmpty();
    }

    /** Which of the people stand in which files, in the clear. A file may go while the directory is walked: then once more. */
    private static List<String> namedUnder(Path dir) throws IOException {
        while (true) {
            try (Stream<Path> files = Files.walk(dir)) {
                return files.filter(Files::isRegularFile)
                        .flatMap(file -> PEOPLE.stream()
                                .filter(person -> content(file).contains(person))
                                .map(person -> person + " in " + file))
                        .toList();
            } catch (UncheckedIOException e) {
                if (!(e.getCause() instanceof NoSuchFileException)) {
                    throw e;
                }
            }
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return ""; // removed meanwhile
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void erasedMember_countsAsBefore_alsoAfterARestart() throws Exception {
        List<JsonObject> before;
        try (MonitorInProcess monitor = MonitorInProcess.start(dir, ON)) {
            fill(monitor);
            before = answers(monitor);
            assertThat(monitor.exchange("DELETE", "/api/v1/members/buyer-zhang", "")
                            .statusCode())
                    .isEqualTo(204);
            assertThat(answers(monitor)).isEqualTo(before);
            assertThat(monitor.get("/api/v1/orders").getJsonArray("items")).isEmpty();
        }
        try (MonitorInProcess monitor = MonitorInProcess.start(dir, ON)) {
            Deadline deadline = Deadline.in(Duration.ofSeconds(20));
            while (monitor.exchange("GET", "/api/v1/groups/g", "").statusCode() == 404) {
                assertThat(deadline.isOver()).as("recovered").isFalse();
            }
            assertThat(answers(monitor)).isEqualTo(before);
        }
    }

    /** Without pseudonyms, so that the search is for the id itself. */
    @Test
    void erasedMember_isNowhereOnDisk_soonAfter_andNothingElseIsLost() throws Exception {
        Map<String, String> soon = Map.of("privacy.erase_after", "1s", "snapshot.interval", "1h");
        List<JsonObject> before;
        try (MonitorInProcess monitor = MonitorInProcess.start(dir, soon)) {
            fill(monitor);
            before = answers(monitor);
            assertThat(namedUnder(dir)).anyMatch(found -> found.startsWith("buyer-zhang"));

            monitor.exchange("DELETE", "/api/v1/members/buyer-zhang", "");

            assertThat(Deadline.in(Duration.ofSeconds(60))
                            .until(() -> namedUnder(dir).stream().noneMatch(found -> found.startsWith("buyer-zhang"))))
                    .as("gone from the log and the saved groups while the monitor runs: %s", namedUnder(dir))
                    .isTrue();
            assertThat(namedUnder(dir)).anyMatch(found -> found.startsWith("staff-wang"));
            assertThat(answers(monitor)).isEqualTo(before);
        }
        try (MonitorInProcess monitor = MonitorInProcess.start(dir, soon)) {
            assertThat(Deadline.in(Duration.ofSeconds(20))
                            .until(() -> monitor.exchange("GET", "/api/v1/groups/g", "")
                                                    .statusCode()
                                            == 200
                                    && answers(monitor).equals(before)))
                    .as("recovered")
                    .isTrue();
            assertThat(namedUnder(dir)).noneMatch(found -> found.startsWith("buyer-zhang"));
        }
    }

    /** The shard of the member tells those of the groups of such orders when it gets to them, and it is busy. */
    @Test
    void erasedMember_whoseOrdersAreStillOnTheirWayToTheirGroups_isNowhereOnDiskEither() throws Exception {
        ShardMap shards = new ShardMap(4);
        String neighbour = Stream.iterate(0, i -> i + 1)
                .map(i -> "busy" + i)
                .filter(group -> shards.shardOf(group) == shards.shardOf("buyer-zhang"))
                .findFirst()
                .orElseThrow();
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            events.append(event("e" + i, "message.sent", "m" + i).put("group", neighbour))
                    .append('\n');
        }
        for (int i = 0; i < 8; i++) {
            events.append(event("opened" + i, "share.opened", "buyer-zhang")
                            .put("group", "g" + i)
                            .put("share", "s" + i))
                    .append('\n')
                    .append(event("paid" + i, "order.paid", "buyer-zhang")
                            .put("order", "o-" + i)
                            .put("amount", 7)
                            .put("share", "s" + i)
                            .putNull("group"))
                    .append('\n');
        }
        try (MonitorInProcess monitor = MonitorInProcess.start(dir, Map.of("privacy.erase_after", "1s"))) {
            monitor.send("POST", "/api/v1/events", events.toString());
            assertThat(monitor.exchange("DELETE", "/api/v1/members/buyer-zhang", "")
                            .statusCode())
                    .isEqualTo(204);

            JsonObject attributed =
                    monitor.get("/api/v1/orgs").getJsonObject("attribution").getJsonObject("attributed");
            assertThat(attributed.getInteger("ordersPaid")).isEqualTo(8);
            assertThat(Deadline.in(Duration.ofSeconds(30))
                            .until(() -> namedUnder(dir).stream().noneMatch(found -> found.startsWith("buyer-zhang"))))
                    .as("%s", namedUnder(dir))
                    .isTrue();
        }
        assertThat(namedUnder(dir)).noneMatch(found -> found.startsWith("buyer-zhang"));
    }

    @Test
    void sweepThatWasDueWhenTheMonitorStopped_comesAfterTheStart() throws Exception {
        try (MonitorInProcess monitor = MonitorInProcess.start(dir, Map.of("privacy.erase_after", "24h"))) {
            fill(monitor);
            monitor.exchange("DELETE", "/api/v1/members/buyer-zhang", "");
        }
        assertThat(namedUnder(dir)).anyMatch(found -> found.startsWith("buyer-zhang"));

        try (MonitorInProcess monitor = MonitorInProcess.start(dir, Map.of("privacy.erase_after", "1s"))) {
            assertThat(Deadline.in(Duration.ofSeconds(60))
                            .until(() -> namedUnder(dir).stream().noneMatch(found -> found.startsWith("buyer-zhang"))))
                    .isTrue();
            assertThat(monitor.port()).isPositive();
        }
    }

    @Test
    void withoutAKey_theFilesDoNameThem() throws Exception {
        try (MonitorInProcess monitor = MonitorInProcess.start(dir, Map.of())) {
            fill(monitor);
        }

        assertThat(namedUnder(dir))
                .as("the search of the other test can find something")
                .isNotEmpty();
    }

    @Test
    void storeOfOneKey_isRefusedUnderAnother() throws Exception {
        MonitorInProcess.start(dir, ON).close();

        assertThatThrownBy(() -> MonitorInProcess.start(dir, Map.of()))
                .hasMessageContaining("was created with privacy.key: give that again");
        assertThatThrownBy(() ->
                        MonitorInProcess.start(dir, Map.of("privacy.key", "another key of pseudonyms, of 32 bytes")))
                .hasMessageContaining("was created with another privacy.key")
                .hasMessageNotContaining("32 bytes");
        MonitorInProcess.start(dir, ON).close();
    }
}
