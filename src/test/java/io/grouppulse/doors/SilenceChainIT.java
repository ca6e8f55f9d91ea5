package io.grouppulse.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.HookServer;
import io.grouppulse.testing.RunningAlertmanager;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From the messages of groups to a real Alertmanager, a webhook and the feed: three weeks pass with a clock that follows
 * events, and a group falls silent; with the clock of the wall a source is cut.
 */
@Tag("long")
final class SilenceChainIT {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final int DAYS = 21;
    private static final long SECONDS = 90;
    private static final String SECRET = "a secret of at least some length";
    private static final String STORE = "bbg/hunan/meixi";
    private static final Pattern SIGNATURE = Pattern.compile("t=([0-9]+),v1=([0-9a-f]{64})");
    private static final Set<String> ALL = new TreeSet<>(List.of("meixi-1", "meixi-2", "meixi-3", "meixi-4"));

    @TempDir
    Path directory;

    @Test
    void groupThatFallsSilentAtABusyHour_isToldToAllAndHeardAgain_alsoWhenTheMonitorIsKilledMeanwhile()
            throws Exception {
        try (RunningAlertmanager alertmanager = RunningAlertmanager.start(directory);
                HookServer hook = new HookServer()) {
            Map<String, String> settings = settings(hook, alertmanager);
            long midnight = LocalDate.now(ZONE)
                    .minusDays(2)
                    .atStartOfDay(ZONE)
                    .toInstant()
                    .toEpochMilli();
            JsonObject fired;
            try (MonitorProcess monitor = MonitorProcess.start(settings)) {
                Api api = monitor.api();
                register(api, ALL, STORE);
                register(api, Set.of("night"), "other");
                List<String> past = new ArrayList<>();
                for (long day = midnight - DAYS * DAY; day < midnight; day += DAY) {
                    openDay(past, ALL, day, 9, 22);
                    say(past, "night", day + 22 * HOUR);
                }
                api.take(lines(past));

                // At 4 a.m. all have been silent for six hours, and that is nothing.
                List<String> night = new ArrayList<>();
                for (int hour = 0; hour <= 4; hour++) {
                    say(night, "night", midnight + hour * HOUR);
                }
                api.take(lines(night));
                assertThat(states(api, ALL)).doesNotContain("SILENT", "UNKNOWN");

                List<String> day = new ArrayList<>();
                openDay(day, ALL, midnight, 9, 10);
                api.take(lines(day));
                assertThat(alerts(api)).isEmpty();
                assertThat(hook.unread()).isZero();
                assertThat(alertmanager.alerts()).isEmpty();

                FeedClient feed = follow(monitor);
                hook.hang();
                List<String> others = new ArrayList<>();
                openDay(others, Set.of("meixi-2", "meixi-3", "meixi-4"), midnight, 10, 18);
                api.take(lines(others));
                HookServer.Call unanswered = hook.next();
                fired = verified(unanswered);
                assertThat(fired.getString("key")).endsWith("-firing");
                assertFired(fired.getJsonArray("alerts").getJsonObject(0), midnight);
                Wait.until(SECONDS, "the feed", () -> !told(feed).isEmpty());
                assertThat(told(feed).get(0))
                        .isEqualTo(fired.getJsonArray("alerts").getJsonObject(0));
                Wait.until(
                        SECONDS,
                        "the Alertmanager",
                        () -> !alertmanager.alerts().isEmpty());
                assertToldToAlertmanager(alertmanager.alerts());
                assertThat(feed.ledger().faults()).isEmpty();
            }

            // It was killed while the webhook had the notification and had not answered: it comes again under its key.
            JsonObject again;
            try (MonitorProcess monitor = MonitorProcess.start(settings)) {
                again = verified(hook.next());
                assertThat(again).isEqualTo(fired);
                assertThat(alerts(monitor.api()))
                        .containsExactly(fired.getJsonArray("alerts").getJsonObject(0));
                Wait.until(SECONDS, "the outbox is empty", () -> waiting(monitor.api()) == 0);
                Wait.until(SECONDS, "that is saved", () -> saved(monitor.api()));
            }

            // It was killed after the webhook had taken it: nothing comes twice.
            try (MonitorProcess monitor = MonitorProcess.start(settings);
                    FeedClient feed = follow(monitor)) {
                Api api = monitor.api();
                assertThat(alerts(api))
                        .containsExactly(fired.getJsonArray("alerts").getJsonObject(0));
                api.take(lines(List.of(message("meixi-1", "api", midnight + 18 * HOUR + 10 * MINUTE))));
                // One message is one slot: it may be the last there is.
                assertThat(states(api, Set.of("meixi-1"))).containsExactly("SILENT");
                assertThat(alerts(api)).hasSize(1);

                List<String> back = new ArrayList<>();
                openDay(back, ALL, midnight, 19, 20);
                api.take(lines(back));
                JsonObject resolved = verified(hook.next());
                assertThat(resolved.getString("key"))
                        .isEqualTo(again.getString("key").replace("-firing", "-resolved"));
                assertThat(resolved.getJsonArray("alerts").getJsonObject(0).getString("state"))
                        .isEqualTo("resolved");
                Wait.until(
                        SECONDS, "the Alertmanager", () -> alertmanager.alerts().isEmpty());
                Wait.until(
                        SECONDS,
                        "the feed",
                        () -> told(feed).stream()
                                .anyMatch(alert -> alert.getString("state").equals("resolved")));
                assertThat(alerts(api)).isEmpty();
                assertThat(hook.unread()).isZero();
            }
        }
    }

    private static void assertFired(JsonObject alert, long midnight) {
        assertThat(alert.getString("kind")).isEqualTo("group_silent");
        assertThat(alert.getString("subject")).isEqualTo("meixi-1");
        assertThat(alert.getString("owner")).isEqualTo("owner of meixi-1");
        assertThat(alert.getString("text"))
                .matches("expected [1-9][0-9]* interactions since 09:40, saw 0; 3 of the 3 other groups of " + STORE
                        + " are fine");
        assertThat(alert.getLong("startsAt")).isBetween(midnight + 12 * HOUR, midnight + 18 * HOUR);
    }

    private static void assertToldToAlertmanager(JsonArray alerts) {
        assertThat(alerts).hasSize(1);
        assertThat(alerts.getJsonObject(0).getJsonObject("labels"))
                .isEqualTo(new JsonObject()
                        .put("alertname", "GroupPulseGroupsSilent")
                        .put("severity", "warning")
                        .put("org", STORE));
        assertThat(alerts.getJsonObject(0).getJsonObject("annotations").getString("description"))
                .contains("since 09:40, saw 0");
    }

    /** Two groups of a source that is cut and one of a source that is not, all past their deadline a little later. */
    @Test
    void groupsOfASourceThatIsCut_areUnknown_andOnlyTheSourceIsTold() throws Exception {
        try (RunningAlertmanager alertmanager = RunningAlertmanager.start(directory);
                HookServer hook = new HookServer()) {
            Map<String, String> settings = settings(hook, alertmanager);
            Set<String> cut = Set.of("cut-1", "cut-2");
            try (MonitorProcess past = MonitorProcess.start(settings)) {
                register(past.api(), cut, "bbg/cut");
                register(past.api(), Set.of("heard", "alive"), "bbg/heard");
                past.api().take(lines(aroundTheClock(past.api())));
                past.terminate();
                assertThat(past.awaitEnd(SECONDS)).isZero();
            }
            settings.put("clock", "system");
            try (MonitorProcess monitor = MonitorProcess.start(settings)) {
                Api api = monitor.api();
                long deadline = group(api, "heard").getJsonObject("silence").getLong("deadline");
                while (System.currentTimeMillis() < deadline - 105_000) {
                    api.take(heartbeat());
                    api.take(message("alive", "shop", System.currentTimeMillis()));
                    Thread.sleep(1_000);
                }
                api.take(heartbeat());
                assertThat(states(api, cut)).doesNotContain("SILENT", "UNKNOWN");

                Wait.until(
                        SECONDS * 3,
                        "the group that is heard falls silent",
                        () -> alerts(api).stream()
                                .anyMatch(alert -> alert.getString("subject").equals("heard")));
                assertThat(System.currentTimeMillis()).isGreaterThanOrEqualTo(deadline);
                assertThat(states(api, cut)).containsOnly("UNKNOWN");
                assertThat(alerts(api))
                        .extracting(alert -> alert.getString("kind") + " " + alert.getString("subject"))
                        .containsExactlyInAnyOrder("group_silent heard", "source_down wecom");
                Set<String> hooked = new TreeSet<>();
                for (int call = 0; call < 2; call++) {
                    hooked.add(verified(hook.next()).getString("kind"));
                }
                assertThat(hooked).containsExactly("group_silent", "source_down");
                assertThat(hook.unread()).isZero();
                Wait.until(
                        SECONDS, "the Alertmanager", () -> alertmanager.alerts().size() == 2);
            }
        }
    }

    /** An hourly past of all but the last hours, so that the silence begins about two minutes from now. */
    private static List<String> aroundTheClock(Api api) throws Exception {
        long now = System.currentTimeMillis();
        List<String> events = new ArrayList<>();
        for (long hour = now / HOUR * HOUR - 15 * DAY; hour < now - 9 * HOUR; hour += HOUR) {
            for (String group : List.of("cut-1", "cut-2", "heard")) {
                events.add(message(group, group.equals("heard") ? "shop" : "wecom", hour + 30 * MINUTE));
            }
            events.add(message("alive", "shop", hour + 30 * MINUTE));
        }
        api.take(lines(events));
        long last = now - 9 * HOUR;
        long aim = now + 125_000;
        for (long deadline = 0; Math.abs(deadline - aim) > 5_000; ) {
            JsonObject silence = group(api, "heard").getJsonObject("silence");
            deadline = silence.getLong("deadline");
            last = Math.min(now - 3 * HOUR, silence.getLong("since") + aim - deadline);
            List<String> more = new ArrayList<>();
            for (String group : List.of("cut-1", "cut-2", "heard")) {
                more.add(message(group, group.equals("heard") ? "shop" : "wecom", last));
            }
            api.take(lines(more));
            deadline = group(api, "heard").getJsonObject("silence").getLong("deadline");
        }
        List<String> alive = new ArrayList<>();
        for (long ts = now - 8 * HOUR; ts < now; ts += HOUR / 2) {
            alive.add(message("alive", "shop", ts));
        }
        alive.add(message("alive", "shop", now));
        return alive;
    }

    private Map<String, String> settings(HookServer hook, RunningAlertmanager alertmanager) {
        return new HashMap<>(Map.of(
                "data.dir",
                directory.resolve("data").toString(),
                "zone",
                ZONE.getId(),
                "shards",
                "2",
                "alerts.pending",
                "1ms",
                "alerts.group_wait",
                "1ms",
                "webhooks.duty.url",
                hook.url("/duty").toString(),
                "webhooks.duty.secret",
                SECRET,
                "webhooks.am.type",
                "alertmanager",
                "webhooks.am.url",
                alertmanager.address()));
    }

    private static FeedClient follow(MonitorProcess monitor) throws Exception {
        FeedClient feed = FeedClient.connect(monitor.port(), Document.read(monitor.api(), "/asyncapi.yaml"));
        feed.subscribe("alerts:", 50);
        return feed;
    }

    private static List<JsonObject> told(FeedClient feed) {
        return feed.ledger().read("alerts:", TopicState::items);
    }

    private static void register(Api api, Set<String> groups, String org) throws Exception {
        for (String group : groups) {
            JsonObject profile = new JsonObject().put("orgs", List.of(org)).put("owner", "owner of " + group);
            assertThat(api.put("/api/v1/groups/" + group, profile).status()).isEqualTo(200);
        }
    }

    /** Each of the groups says something twice an hour. */
    private static void openDay(List<String> events, Set<String> groups, long midnight, int opens, int closes) {
        for (int hour = opens; hour < closes; hour++) {
            for (String group : groups) {
                say(events, group, midnight + hour * HOUR + 10 * MINUTE);
                say(events, group, midnight + hour * HOUR + 40 * MINUTE);
            }
        }
    }

    private static void say(List<String> events, String group, long ts) {
        events.add(message(group, "api", ts));
    }

    private static String message(String group, String source, long ts) {
        return new JsonObject()
                .put("id", group + "-" + ts)
                .put("type", "message.sent")
                .put("source", source)
                .put("ts", ts)
                .put("group", group)
                .put("member", "m")
                .encode();
    }

    private static String heartbeat() {
        long now = System.currentTimeMillis();
        return new JsonObject()
                .put("id", "beat-" + now)
                .put("type", "source.heartbeat")
                .put("source", "wecom")
                .put("ts", now)
                .encode();
    }

    private static String lines(List<String> events) {
        return String.join("\n", events) + "\n";
    }

    private static JsonObject group(Api api, String group) throws Exception {
        return api.get("/api/v1/groups/" + group).json();
    }

    private static List<String> states(Api api, Set<String> groups) throws Exception {
        List<String> states = new ArrayList<>();
        for (String group : groups) {
            states.add(group(api, group).getString("state"));
        }
        return states;
    }

    private static List<JsonObject> alerts(Api api) throws Exception {
        return api.get("/api/v1/alerts?state=firing").json().getJsonArray("items").stream()
                .map(item -> (JsonObject) item)
                .toList();
    }

    private static int waiting(Api api) throws Exception {
        return (int) metric(api, "grouppulse_alert_queue_depth{webhook=\"duty\"}");
    }

    /** The alerts' file says that nothing waits any more. */
    private boolean saved(Api api) throws Exception {
        assertThat(api.get("/health/live").status()).isEqualTo(200);
        JsonObject file =
                new JsonObject(Files.readString(directory.resolve("data").resolve("alerts.json")));
        return file.getJsonObject("waiting").getJsonArray("duty").isEmpty();
    }

    private static double metric(Api api, String series) throws Exception {
        return api.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    /** The body of a call, once its signature has been checked as the documentation tells receivers to. */
    private static JsonObject verified(HookServer.Call call) throws Exception {
        Matcher parts = SIGNATURE.matcher(Objects.requireNonNull(call.headers().get("grouppulse-signature")));
        assertThat(parts.matches()).isTrue();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] expected = mac.doFinal((parts.group(1) + "." + call.body()).getBytes(StandardCharsets.UTF_8));
        assertThat(parts.group(2)).isEqualTo(HexFormat.of().formatHex(expected));
        assertThat(Instant.ofEpochSecond(Long.parseLong(parts.group(1))))
                .isAfter(Instant.now().minusSeconds(300));
        JsonObject body = new JsonObject(call.body());
        assertThat(call.headers().get("idempotency-key")).isEqualTo(body.getString("key"));
        return body;
    }
}
