package io.grouppulse.publish.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.MonitorInProcess;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SaleReportTest {
    private static final long TEN = Instant.parse("2026-11-23T02:00:00Z").toEpochMilli();
    private static final long HOUR = 3_600_000;
    private static final String REPORT = "/api/v1/campaigns/c/report";

    private MonitorInProcess monitor;
    private int next;

    @BeforeEach
    void start(@TempDir Path dir) throws Exception {
        monitor = MonitorInProcess.start(dir, Map.of());
        monitor.send("PUT", "/api/v1/groups/g1", "{\"orgs\":[\"bbg\"]}");
        campaign("old", "old", TEN - 24 * HOUR, "");
        campaign("c", "=HYPERLINK(\\\"x\\\"), <b>&'", TEN, ",\"targets\":{\"gmv\":40000},\"compareTo\":\"old\"");
        monitor.events(paid("g1", TEN - 24 * HOUR, 99_900, "")
                + paid("g1", TEN, 10_050, ",\"item\":\"@tea\",\"channel\":\"sms\"")
                + paid("g1", TEN + 60_000, 9_950, ",\"item\":\"ri,ce\""));
    }

    @AfterEach
    void stop() throws Exception {
        monitor.close();
    }

    @Test
    void runningCampaign_isADraft_andFinalOnceItIsClosed() throws Exception {
        assertThat(get(REPORT + ".csv?lang=en").body()).contains("State,Running draft");
        monitor.events(paid("g1", TEN + HOUR, 1, ""));
        assertThat(get(REPORT + ".csv?lang=en").body()).contains("State,Closed").doesNotContain("draft");
        assertThat(get("/api/v1/campaigns/old/report.csv").body()).contains("状态,已结束");
    }

    @Test
    void csv_isReadBySpreadsheets_andComputesNothing() throws Exception {
        String csv = get(REPORT + ".csv?lang=en").body();

        assertThat(csv).startsWith("\uFEFF").contains("Name,\"'=HYPERLINK(\"\"x\"\"), <b>&'\"\r\n");
        assertThat(csv.replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
        assertThat(csv)
                .contains("GMV (gross),200.00\r\n")
                .contains("Target GMV,200.00,400.00,0.5000\r\n")
                .contains("Compared GMV at the same moment,200.00,999.00,0.2002\r\n")
                .contains("10:00,2,200.00,0,60,0.5000,1.0000\r\n")
                .contains("\r\n'@tea,1,100.50,100.50,1\r\n")
                .contains("\r\n\"ri,ce\",1,99.50,99.50,1\r\n")
                .contains("\r\n(none),1,99.50,99.50,1\r\n")
                .contains("\r\ng1,799.00,0\r\n");
        assertThat(csv).contains("Orders paid,2\r\n");
    }

    @Test
    void csv_saysWhatTheQueryAnswers() throws Exception {
        JsonObject campaign = new JsonObject(get("/api/v1/campaigns/c").body());

        assertThat(get(REPORT + ".csv?lang=en").body())
                .contains("GMV (gross)," + yuan(campaign.getLong("gmvPaid")) + "\r\n")
                .contains("Orders paid," + campaign.getLong("ordersPaid") + "\r\n")
                .contains("Buyers (by group)," + campaign.getLong("buyers") + "\r\n")
                .contains("Compared GMV at the same moment," + yuan(campaign.getLong("gmvPaid")) + ","
                        + yuan(campaign.getJsonObject("compared").getLong("gmvPaid")) + ",");
    }

    private static String yuan(long minor) {
        return BigDecimal.valueOf(minor, 2).toPlainString();
    }

    @Test
    void page_hasNoScript_escapesWhatOthersWrote_andAllowsNothingElse() throws Exception {
        HttpResponse<String> page = get(REPORT + "?lang=zh");

        assertThat(page.body()).startsWith("<!DOCTYPE html><html lang=\"zh-CN\">");
        assertThat(page.body())
                .contains("&lt;b&gt;&amp;&#39;")
                .doesNotContain("<b>")
                .doesNotContain("<script");
        assertThat(page.body()).contains("成交额（毛）</td><td class=\"n\">200.00</td>");
        assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
                .startsWith("default-src 'none'; style-src 'sha256-");
    }

    @Test
    void badQuestions_areRefused() throws Exception {
        assertThat(get(REPORT + "?lang=fr").statusCode()).isEqualTo(400);
        assertThat(get(REPORT + "?format=csv").statusCode()).isEqualTo(400);
        assertThat(get("/api/v1/campaigns/none/report.html").statusCode()).isEqualTo(404);
    }

    private void campaign(String id, String name, long from, String more) throws Exception {
        monitor.send(
                "PUT",
                "/api/v1/campaigns/" + id,
                "{\"name\":\"" + name + "\",\"org\":\"bbg\",\"from\":" + from + ",\"to\":" + (from + HOUR) + more
                        + "}");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return monitor.exchange("GET", path, "");
    }

    private String paid(String group, long ts, long amount, String more) {
        int id = next++;
        return "{\"id\":\"e" + id + "\",\"type\":\"order.paid\",\"group\":\"" + group
                + "\",\"member\":\"ann\",\"order\":\"o" + id + "\",\"ts\":" + ts + ",\"amount\":" + amount + more
                + "}\n";
    }
}
