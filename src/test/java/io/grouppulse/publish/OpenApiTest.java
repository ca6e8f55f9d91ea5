package io.grouppulse.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.MonitorInProcess;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The OpenAPI document held against a running monitor, answer by answer. */
class OpenApiTest {
    private static MonitorInProcess monitor;
    private static InterfaceDocument document;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        monitor = MonitorInProcess.start(dir, Map.of());
        LiveSale.play(monitor);
        document = InterfaceDocument.ofYaml(
                monitor.exchange("GET", "/openapi.yaml", "").body());
    }

    @AfterAll
    static void stop() {
        monitor.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/orgs|OrgNode",
                "/api/v1/orgs/bbg|OrgNode",
                "/api/v1/orgs/bbg/hunan|OrgNode",
                "/api/v1/groups|GroupList",
                "/api/v1/groups?org=bbg&state=LIVELY&sort=-gmvPaid&window=30m&limit=1|GroupList",
                "/api/v1/groups?fields=group,windows.5m.active|GroupSliceList",
                "/api/v1/groups/g1|Group",
                "/api/v1/history|HistoryList",
                "/api/v1/history?scope=group:g1&measures=gmvNet,buyers,messages|HistoryList",
                "/api/v1/history?scope=org:bbg&measures=ordersPaid,flashes,lives,redPackets,broadcasts&step=5m|HistoryList",
                "/api/v1/history?scope=campaign:c1&measures=gmvPaid|HistoryList",
                "/api/v1/history?scope=org:bbg&step=1d&measures=dau,retention,hollow,effectiveSpeakers,kFactor|HistoryList",
                "/api/v1/history?scope=group:g1&step=1d&measures=userRepurchase,top3Share,fill,wau|HistoryList",
                "/api/v1/history?scope=org:bbg&step=1d&measures=touched,conversion,maturedConversion|HistoryList",
                "/api/v1/orders|OrderList",
                "/api/v1/orders?org=bbg/hunan&limit=3|OrderList",
                "/api/v1/rain|RainList",
                "/api/v1/rain?scope=group:g1&curve=true&limit=5|RainList",
                "/api/v1/boards/groups?scope=org:bbg&window=5m&by=buyers&limit=2|BoardList",
                "/api/v1/boards/items?scope=group:g1|BoardList",
                "/api/v1/boards/shares|BoardList",
                "/api/v1/boards/channels?by=gmvNet|BoardList",
                "/api/v1/boards/referrers?by=invites|BoardList",
                "/api/v1/people|People",
                "/api/v1/people?scope=group:g1|People",
                "/api/v1/membership?scope=org:bbg|Membership",
                "/api/v1/membership?scope=group:g1|Membership",
                "/api/v1/campaigns|CampaignList",
                "/api/v1/campaigns?state=running&org=bbg&limit=1|CampaignList",
                "/api/v1/campaigns/c1|CampaignStanding",
                "/api/v1/campaigns/c0|CampaignStanding",
                "/api/v1/alerts|AlertList",
                "/api/v1/alerts?state=firing&org=bbg&limit=5|AlertList",
                "/api/v1/alerts?kind=group_silent&subject=g1|AlertList",
                "/api/v1/sources|SourceList",
                "/api/v1/rejects|RejectList",
                "/health/live|Health",
                "/health/ready|Health",
            })
    void answer_isWhatTheDocumentSays(String path, String schema) throws Exception {
        assertThat(document.faults(schema, monitor.get(path))).as(path).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|/api/v1/orgs/none|404|not_found",
                "GET|/api/v1/groups/none|404|not_found",
                "GET|/api/v1/campaigns?org=none|404|not_found",
                "GET|/api/v1/campaigns?state=open|400|bad_field",
                "GET|/api/v1/campaigns?cursor=x|400|bad_field",
                "GET|/api/v1/campaigns/none|404|not_found",
                "GET|/api/v1/rain?scope=org:none|404|not_found",
                "GET|/api/v1/boards/items?scope=org:none|404|not_found",
                "GET|/api/v1/boards/beauty|404|not_found",
                "GET|/api/v1/boards/groups?scope=group:g1|400|bad_field",
                "GET|/api/v1/boards/items?window=7m|400|bad_field",
                "GET|/api/v1/boards/items?by=beauty|400|bad_field",
                "GET|/api/v1/boards/items?scope=bbg|400|bad_field",
                "GET|/api/v1/boards/items?limit=1001|400|bad_field",
                "GET|/api/v1/boards/referrers?by=gmvPaid|400|bad_field",
                "GET|/api/v1/people?scope=org:none|404|not_found",
                "GET|/api/v1/people?day=1999-01-01|400|bad_field",
                "GET|/api/v1/people?day=today|400|bad_field",
                "GET|/api/v1/membership?scope=group:none|404|not_found",
                "GET|/api/v1/membership?window=5m|400|bad_field",
                "GET|/api/v1/ledger?scope=group:none|404|not_found",
                "GET|/api/v1/ledger?from=5&to=5|400|bad_field",
                "GET|/api/v1/ledger?to=yesterday|400|bad_field",
                "GET|/api/v1/ledger?limit=5|400|bad_field",
                "GET|/api/v1/groups?limit=0|400|bad_field",
                "GET|/api/v1/groups?sort=beauty|400|bad_field",
                "GET|/api/v1/groups?window=7m|400|bad_field",
                "GET|/api/v1/groups?cursor=x|400|bad_field",
                "GET|/api/v1/groups?colour=red|400|bad_field",
                "GET|/api/v1/history?step=90s|400|bad_field",
                "GET|/api/v1/history?scope=campaign:none|404|not_found",
                "GET|/api/v1/history?scope=sale:c1|400|bad_field",
                "GET|/api/v1/history?measures=dau|400|bad_field",
                "GET|/api/v1/history?measures=dau,joins&step=1d|400|bad_field",
                "GET|/api/v1/history?measures=dau&step=1d&scope=campaign:c1|400|bad_field",
                "GET|/api/v1/history?measures=dau&step=1d&from=9&to=3|400|bad_field",
                "GET|/api/v1/history?measures=dau&step=1d&scope=group:none|404|not_found",
                "GET|/api/v1/history?measures=active&step=5m|400|bad_field",
                "GET|/api/v1/rain?curve=maybe|400|bad_field",
                "GET|/api/v1/alerts?org=none|404|not_found",
                "GET|/api/v1/alerts?state=loud|400|bad_field",
                "GET|/api/v1/alerts?kind=loud|400|bad_field",
                "GET|/api/v1/alerts?cursor=x|400|bad_field",
                "GET|/nothing/here|404|not_found",
                "POST|/api/v1/orgs|405|method_not_allowed",
                "DELETE|/api/v1/events|405|method_not_allowed",
            })
    void fault_isAProblemDocument(String method, String path, int status, String code) throws Exception {
        HttpResponse<String> answer = monitor.exchange(method, path, "");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("allow").isPresent()).isEqualTo(status == 405);
        JsonObject problem = new JsonObject(answer.body());
        assertThat(problem.getString("code")).isEqualTo(code);
        assertThat(document.faults("Problem", problem)).isEmpty();
    }

    @Test
    void everyDocumentedPath_isServed() throws Exception {
        Set<String> missing = new TreeSet<>();
        for (String path : document.content().getJsonObject("paths").fieldNames()) {
            JsonObject operations = document.content().getJsonObject("paths").getJsonObject(path);
            String real = path.replace("{id}", "g1")
                    .replace("{path}", "bbg")
                    .replace("{kind}", "items")
                    .replace("{source}", "main");
            for (String method : new String[] {"get", "put", "post", "delete"}) {
                boolean stream = path.equals("/api/v1/feed");
                if (operations.containsKey(method) && !stream && !method.equals("delete")) {
                    int status = monitor.exchange(method.toUpperCase(java.util.Locale.ROOT), real, "")
                            .statusCode();
                    boolean isServed = status != 405
                            && !(status == 404 && !path.contains("campaigns") && !path.contains("callbacks"));
                    if (!isServed) {
                        missing.add(method + " " + path + " " + status);
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void unknownSchemaFields_wouldBeFound() throws Exception {
        JsonObject group = monitor.get("/api/v1/groups/g1").put("surprise", 1);

        assertThat(document.faults("Group", group)).contains("surprise");
    }
}
