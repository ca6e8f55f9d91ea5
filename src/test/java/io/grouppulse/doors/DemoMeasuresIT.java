package io.grouppulse.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.DemoBands;
import io.grouppulse.testing.RunningServer;
import io.grouppulse.testing.ServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The demo's sale shows every measure: whatever field the OpenAPI document declares for a question about a sale says
 * something somewhere as soon as the demo is ready, and what is a part of a whole is one that could be true.
 */
final class DemoMeasuresIT {
    /** Another one, such as +03:15, makes it another hour of the day. */
    private static final ZoneId ZONE = ZoneId.of(System.getProperty("demo.zone", "Asia/Shanghai"));

    private static final long DAY = 86_400_000;

    /** Questions that are not about a sale; what stands there is of other tests. */
    private static final Set<String> OF_THE_MONITOR = Set.of(
            "/api/v1/rejects", "/api/v1/alerts", "/api/v1/sources", "/api/v1/feed", "/health/live", "/health/ready");

    /** What a sale may well not have, and why: a field of one schema, or of whichever has one of that name. */
    private static final Map<String, String> MAY_SAY_NOTHING = Map.ofEntries(
            Map.entry("cursor", "a list may be shorter than its limit"),
            Map.entry("error", "counted exactly as long as there are few"),
            Map.entry("hollow", "no group of the demo need be hollow"),
            Map.entry("late", "the demo's few late events are within the lateness"),
            Map.entry("parent", "no organisation is silent as a whole"),
            Map.entry("state", "a word"),
            Map.entry("DEAD", "nobody waits seven days for a demo"),
            Map.entry("UNKNOWN", "its sources are up"),
            Map.entry("QUIET", "between normal and silent, and not for long"),
            Map.entry("CampaignStanding.org", "the demo's campaigns are of everybody: the root has no name"),
            Map.entry("CampaignSummary.org", "the same"),
            Map.entry("CampaignStanding.groups", "of everybody: they list no groups"),
            Map.entry("CampaignSummary.groups", "the same"),
            Map.entry("to", "the questions are open at their end"),
            Map.entry(
                    "OrderTotals.gmvCancelled",
                    "of the few orders that name no group none need be cancelled after it was paid"),
            Map.entry("SILENT", "the demo's silent groups fall silent while it runs"),
            Map.entry("open", "an episode, or group-buy, that is still open, comes and goes"),
            Map.entry("end", "of an episode that is over"),
            Map.entry("thriceDaily", "today needs to be long enough: of yesterday it is asked of /breadth"),
            Map.entry("probability", "of a gap that has lasted"),
            Map.entry("expected", "of a gap that has lasted"));

    private static RunningServer demo;
    private static Api api;
    private static Document document;

    @BeforeAll
    static void start() throws Exception {
        demo = RunningServer.start(ServerOptions.demo().with("zone", ZONE));
        api = new Api(demo.baseUrl().getPort());
        document = Document.read(api, "/openapi.yaml");
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @Test
    void everyDeclaredField_saysSomething_andPartsOfAWholeAreCredible() throws Exception {
        SeenValues values = new SeenValues(document);
        Map<String, List<String>> questions = questions();
        for (String template : document.content().getJsonObject("paths").fieldNames()) {
            JsonObject schema = schemaOf(template);
            if (schema != null && !OF_THE_MONITOR.contains(template)) {
                assertThat(questions).as("questions of the test").containsKey(template);
                for (String question : questions.getOrDefault(template, List.of())) {
                    for (Object answer : ask(question)) {
                        values.take(schema, answer, template);
                    }
                }
            }
        }

        Set<String> silent = values.unseen().stream()
                .filter(field -> !MAY_SAY_NOTHING.containsKey(field))
                .filter(field -> !MAY_SAY_NOTHING.containsKey(field.substring(field.lastIndexOf('.') + 1)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(silent).as("of %d fields", values.declared()).isEmpty();
        assertThat(values.declared()).isGreaterThan(250);
        credible(values.ratios());
    }

    private static void credible(Map<String, List<Double>> ratios) {
        SoftAssertions soft = new SoftAssertions();
        for (String share : List.of(
                "Membership.fill",
                "Cohort.member",
                "Cohort.active",
                "Repurchase.userRepurchase",
                "Repurchase.orderRepurchase",
                "People.stickiness",
                "WindowMeasures.conversion",
                "WindowMeasures.maturedConversion",
                "WindowMeasures.activeness",
                "Today.lurkers",
                "Today.top3Share",
                "Slot.firstMinuteShare",
                "Slot.habitShare",
                "Fission.giftConversion",
                "ReachRow.guidedOrders",
                "ReachRow.guidedGmv")) {
            soft.assertThat(ratios.get(share)).as(share).isNotEmpty().allMatch(value -> value >= 0 && value <= 1);
        }
        soft.assertAll();
    }

    /** What an operations lead would call normal, at the root, whenever the demo starts. */
    @Test
    void root_isASaleAsTheyAre() throws Exception {
        SoftAssertions soft = new SoftAssertions();
        String yesterday = "?day=" + today().minusDays(1);
        between(soft, DemoBands.STICKINESS_OF_YESTERDAY, "/api/v1/people" + yesterday, "stickiness");
        between(soft, DemoBands.STICKINESS_OF_TODAY, "/api/v1/people", "stickiness");
        between(soft, DemoBands.FILL, "/api/v1/membership", "fill");
        between(soft, DemoBands.RETENTION_1, "/api/v1/membership", "retention.d1.member");
        between(soft, DemoBands.RETENTION_7, "/api/v1/membership", "retention.d7.member");
        between(soft, DemoBands.JOIN_LEAVE, "/api/v1/membership" + yesterday, "joinLeave");
        between(soft, DemoBands.K_FACTOR, "/api/v1/membership" + yesterday, "kFactor");
        between(soft, DemoBands.CONVERSION, "/api/v1/orgs", "windows.24h.conversion");
        between(soft, DemoBands.MATURED_CONVERSION, "/api/v1/orgs", "windows.5m.maturedConversion");
        between(soft, DemoBands.ACTIVENESS, "/api/v1/orgs", "windows.5m.activeness");
        between(soft, DemoBands.LURKERS, "/api/v1/breadth?period=start", "lurkers");
        String at = "&at=" + startOf(today().minusDays(1));
        between(soft, DemoBands.REPURCHASE_OF_WEEK, "/api/v1/repurchase?period=week" + at, "userRepurchase");
        between(soft, DemoBands.REPURCHASE_OF_MONTH, "/api/v1/repurchase?period=month" + at, "userRepurchase");
        between(soft, DemoBands.GIFTS, "/api/v1/fission?from=" + (now() - 7 * DAY), "giftConversion");
        JsonArray slots = json("/api/v1/slots" + yesterday).getJsonArray("items");
        assertThat(slots).hasSize(4);
        for (Object slot : slots) {
            between(soft, DemoBands.LEAST_FIRST_MINUTE, slot.toString(), (JsonObject) slot, "firstMinuteShare");
            between(soft, DemoBands.LEAST_HABIT, slot.toString(), (JsonObject) slot, "habitShare");
        }
        soft.assertAll();
    }

    @Test
    void rainOfTheRoot_isThatOfFlashSales_andEnds() throws Exception {
        SoftAssertions soft = new SoftAssertions();
        JsonArray episodes = json("/api/v1/rain?scope=org:&limit=100").getJsonArray("items");
        long longest = 0;
        int ended = 0;
        for (Object item : episodes) {
            JsonObject rain = (JsonObject) item;
            boolean open = rain.getBoolean("open");
            ended += open ? 0 : 1;
            longest = Math.max(longest, (open ? now() : rain.getLong("end")) - rain.getLong("start"));
        }
        between(soft, DemoBands.RAINS, "episodes that are over", ended);
        between(soft, DemoBands.LONGEST_RAIN, episodes.encode(), longest / 60_000.0);
        soft.assertAll();
    }

    @Test
    void past_cameInOrder_andItsOrdersAreOfAllParts() throws Exception {
        JsonObject total = json("/api/v1/orgs").getJsonObject("total");
        assertThat(total.getLong("late")).isLessThan(total.getLong("events") / 1_000);
        JsonObject parts = json("/api/v1/orgs").getJsonObject("attribution");
        for (String part : List.of("attributed", "ambiguous", "unattributed")) {
            assertThat(parts.getJsonObject(part).getLong("ordersPaid")).as(part).isPositive();
        }
    }

    private static void between(SoftAssertions soft, DemoBands band, String question, String field) throws Exception {
        between(soft, band, question, json(question), field);
    }

    private static void between(SoftAssertions soft, DemoBands band, String what, JsonObject answer, String field) {
        JsonObject ratio = answer;
        for (String step : field.split("\\.", -1)) {
            ratio = ratio.getJsonObject(step);
        }
        between(soft, band, what + " " + field + " " + ratio, ratio.getDouble("value"));
    }

    private static void between(SoftAssertions soft, DemoBands band, String what, @Nullable Number value) {
        soft.assertThat(value == null ? null : value.doubleValue())
                .as(band.measure() + ": " + what)
                .isNotNull()
                .isBetween(band.low(), band.high());
    }

    /** For each path that answers about the sale, what to ask of it: the root, and the liveliest groups. */
    private static Map<String, List<String>> questions() throws Exception {
        List<String> groups = names(json("/api/v1/groups?sort=-ordersPaid&window=24h&limit=12"), "group");
        List<String> campaigns = names(json("/api/v1/campaigns?limit=100"), "id");
        String days = "?from=" + (now() - 7 * DAY);
        String yesterday = "?day=" + today().minusDays(1);
        Map<String, List<String>> questions = new LinkedHashMap<>();
        questions.put("/api/v1/groups", List.of("/api/v1/groups?sort=-ordersPaid&window=24h&limit=50"));
        questions.put("/api/v1/groups/{id}", each("/api/v1/groups/", groups));
        questions.put("/api/v1/campaigns", List.of("/api/v1/campaigns?limit=100"));
        questions.put("/api/v1/campaigns/{id}", each("/api/v1/campaigns/", campaigns));
        questions.put("/api/v1/orgs", List.of("/api/v1/orgs"));
        questions.put("/api/v1/orgs/{path}", List.of("/api/v1/orgs/bbg", "/api/v1/orgs/bbg/hunan"));
        questions.put("/api/v1/history", history());
        questions.put("/api/v1/rain", List.of("/api/v1/rain?curve=true&limit=100"));
        questions.put("/api/v1/orders", List.of("/api/v1/orders?limit=1000"));
        questions.put("/api/v1/boards/{kind}", boards());
        questions.put("/api/v1/people", List.of("/api/v1/people", "/api/v1/people" + yesterday));
        List<String> membership = each("/api/v1/membership" + yesterday + "&scope=group:", groups);
        membership.add("/api/v1/membership");
        questions.put("/api/v1/membership", membership);
        questions.put(
                "/api/v1/repurchase",
                List.of(
                        "/api/v1/repurchase?period=week&at=" + startOf(today().minusDays(1)),
                        "/api/v1/repurchase?period=month&at=" + startOf(today().minusDays(1)),
                        "/api/v1/repurchase?scope=campaign:" + campaigns.get(1)));
        questions.put("/api/v1/slots", List.of("/api/v1/slots" + yesterday));
        questions.put(
                "/api/v1/conversions",
                each("/api/v1/conversions" + days + "&by=", List.of("cohort", "channel", "share", "item")));
        questions.put("/api/v1/reach", List.of("/api/v1/reach?limit=1000&from=" + (now() - DAY)));
        List<String> breadth = each("/api/v1/breadth?scope=group:", groups);
        breadth.addAll(List.of(
                "/api/v1/breadth?at=" + (now() - DAY),
                "/api/v1/breadth?period=start",
                "/api/v1/breadth?scope=campaign:" + campaigns.get(1)));
        questions.put("/api/v1/breadth", breadth);
        questions.put("/api/v1/groupbuys", List.of("/api/v1/groupbuys" + days));
        questions.put("/api/v1/fission", List.of("/api/v1/fission" + days));
        String stimuli = "/api/v1/stimuli?limit=1000&from=" + (now() - DAY);
        questions.put("/api/v1/stimuli", List.of(stimuli, stimuli + "&to=" + (now() - DAY / 24)));
        questions.put("/api/v1/ledger", List.of("/api/v1/ledger?scope=org:bbg/hunan&from=" + (now() - DAY)));
        return questions;
    }

    /** Every measure that the document declares for the history, by minutes or by days. */
    private static List<String> history() throws Exception {
        JsonObject row = document.content()
                .getJsonObject("components")
                .getJsonObject("schemas")
                .getJsonObject("HistoryList")
                .getJsonObject("properties")
                .getJsonObject("items")
                .getJsonObject("items")
                .getJsonObject("properties");
        List<String> questions = new ArrayList<>();
        for (String measure : row.fieldNames()) {
            if (!Set.of("ts", "day").contains(measure)) {
                String question = "/api/v1/history?scope=org:&measures=" + measure;
                String minutes = question + "&from=" + (now() - 3_600_000);
                questions.add(api.get(minutes).status() == 200 ? minutes : question + "&step=1d");
            }
        }
        return questions;
    }

    private static List<String> boards() {
        List<String> questions = new ArrayList<>();
        for (String kind : List.of("groups", "items", "shares", "channels", "referrers")) {
            questions.add("/api/v1/boards/" + kind + "?scope=org:&window=24h");
        }
        return questions;
    }

    private static List<String> each(String before, List<String> names) {
        return names.stream().map(name -> before + Api.encode(name)).collect(Collectors.toList());
    }

    private static List<String> names(JsonObject list, String key) {
        return list.getJsonArray("items").stream()
                .map(item -> ((JsonObject) item).getString(key))
                .toList();
    }

    /** The schema of the answer with numbers in it; null if there is none. */
    private static @Nullable JsonObject schemaOf(String template) {
        JsonObject path = document.content().getJsonObject("paths").getJsonObject(template);
        JsonObject get = path.getJsonObject("get");
        JsonObject answer = get == null ? null : get.getJsonObject("responses").getJsonObject("200");
        JsonObject content = answer == null ? null : answer.getJsonObject("content");
        if (content == null) {
            return null;
        }
        JsonObject media = content.getJsonObject("application/json", content.getJsonObject("application/x-ndjson"));
        return media == null ? null : media.getJsonObject("schema");
    }

    private static List<Object> ask(String question) throws Exception {
        Api.Answer answer = api.get(question);
        assertThat(answer.status()).as(question + " " + answer.body()).isEqualTo(200);
        return answer.mediaType().equals("application/x-ndjson")
                ? answer.body().lines().<Object>map(JsonObject::new).toList()
                : List.of(answer.json());
    }

    private static JsonObject json(String question) throws Exception {
        return (JsonObject) ask(question).get(0);
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private static long startOf(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant().toEpochMilli();
    }

    private static LocalDate today() {
        return LocalDate.ofInstant(Instant.ofEpochMilli(now()), ZONE);
    }
}
