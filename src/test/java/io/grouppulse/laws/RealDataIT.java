package io.grouppulse.laws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.oracle.Datasets;
import io.grouppulse.oracle.EventBuilder;
import io.grouppulse.oracle.Oracle;
import io.grouppulse.oracle.OracleSettings;
import io.grouppulse.testing.CommandRun;
import io.grouppulse.testing.MonitorApi;
import io.grouppulse.testing.RunningServer;
import io.grouppulse.testing.ServerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real events, replayed by the program's own command into the program: every number equals a batch of SQL. */
@Tag("long")
class RealDataIT {
    private static final Path DATA = Path.of("..", "shared", "data");
    private static final int SAMPLED = 30;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "complete-journey.ndjson.gz, 5",
        "ubuntu-irc-2013-01.ndjson.gz, 4",
        "ubuntu-disentangle.ndjson.gz, 4",
        "otto-sample.ndjson.gz, 4"
    })
    void replayInParts_afterEach_equalsTheBatchComputation(String file, int parts) throws Exception {
        List<String> lines = lines(file);
        List<GroupEvent> events = Datasets.read(DATA.resolve(file));
        try (RunningServer server = RunningServer.start(ServerOptions.replays());
                Oracle oracle = new Oracle(OracleSettings.defaults())) {
            MonitorApi api = new MonitorApi(server.baseUrl());
            Comparison comparison = new Comparison(api);
            int orgNodes = 0;
            for (int part = 0; part < parts; part++) {
                int from = lines.size() * part / parts;
                int to = lines.size() * (part + 1) / parts;
                replay(lines.subList(from, to), server);
                oracle.load(events.subList(from, to));
                long t = events.get(to - 1).ts();
                assertSums(api.settledSources(t), to);
                boolean last = part == parts - 1;
                Collection<String> groups = oracle.members(t).keySet();
                ServerMeasures actual = comparison.at(t, oracle, last ? groups : sample(groups, part));
                OrgSums sums = OrgSums.check(api, actual.groups().values());
                assertThat(sums.differences()).isEmpty();
                orgNodes = sums.nodes();
                if (part == 0) {
                    organise(api, groups);
                }
            }
            comparison.diff().assertEmpty(file);
            assertThat(orgNodes).as("organisation nodes").isGreaterThan(2);
            System.out.printf(
                    Locale.ROOT, "RealDataIT %s: %d events, %d times T, 0 differences%n", file, events.size(), parts);
        }
    }

    /** A comparison that cannot fail would prove nothing. */
    @Test
    void comparison_whenOnlyTheOracleIsToldOfAnEvent_findsIt() throws Exception {
        List<GroupEvent> events = Datasets.otto();
        try (RunningServer server = RunningServer.start(ServerOptions.replays());
                Oracle oracle = Oracle.of(OracleSettings.defaults(), events)) {
            replay(lines("otto-sample.ndjson.gz"), server);
            GroupEvent last = events.get(events.size() - 1);
            MonitorApi api = new MonitorApi(server.baseUrl());
            api.settledSources(last.ts());

            Comparison before = new Comparison(api);
            before.at(last.ts(), oracle, List.of("otto"));
            before.diff().assertEmpty("before");
            oracle.load(List.of(EventBuilder.event(last.type(), last.ts(), "extra")
                    .group("otto")
                    .member(last.member())
                    .build()));
            Comparison after = new Comparison(api);
            after.at(last.ts(), oracle, List.of("otto"));

            // it is in four windows, in the day and in one minute
            assertThat(after.diff().report())
                    .contains("window=1m interactions", "window=24h interactions", "window=today interactions")
                    .contains("minute=");
        }
    }

    /** Puts the groups under a few paths, some under two of them; numbers must not change by it. */
    private static void organise(MonitorApi api, Collection<String> groups) throws Exception {
        int number = 0;
        for (String group : groups) {
            String second = number % 5 == 0 ? ",\"retail/team-" + number % 2 + "\"" : "";
            String json = "{\"name\":\"n%d\",\"orgs\":[\"bbg/region-%d/store-%d\"%s]}"
                    .formatted(number, number % 3, number % 7, second);
            api.put("api/v1/groups/" + MonitorApi.encode(group), json);
            number++;
        }
    }

    private static Collection<String> sample(Collection<String> groups, long seed) {
        List<String> shuffled = new ArrayList<>(groups);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled.subList(0, Math.min(SAMPLED, shuffled.size()));
    }

    private void replay(List<String> lines, RunningServer server) throws Exception {
        Path part = Files.write(directory.resolve("part.ndjson"), lines);
        CommandRun run = CommandRun.of(
                "replay",
                part.toString(),
                "--speed",
                "max",
                "--to",
                server.baseUrl().toString());
        assertThat(run.exitCode()).as(run.said()).isZero();
        assertThat(run.said()).contains(String.format(Locale.ROOT, "accepted %,d, rejected 0", lines.size()));
    }

    private static void assertSums(JsonNode sources, long sent) {
        assertThat(MonitorApi.sum(sources, "accepted")).isEqualTo(sent);
        assertThat(MonitorApi.sum(sources, "applied")).isEqualTo(sent);
        assertThat(MonitorApi.sum(sources, "duplicates")).isZero();
    }

    private static List<String> lines(String file) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(DATA.resolve(file))), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        }
    }
}
