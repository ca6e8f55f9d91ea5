package io.grouppulse.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grouppulse.eventlog.embedded.FileDocument;
import io.grouppulse.http.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CampaignRegistryTest {
    private static final Campaign OF_ORG = new Campaign("c/1", "秒杀", "bbg/hunan", List.of(), 5, 9, 100L, null, "c2");
    private static final Campaign OF_GROUPS = new Campaign("c2", "n", null, List.of("g1", "g2"), 0, 1, null, 7L, null);

    @TempDir
    private Path dir;

    @Test
    void definitions_surviveARestart() throws IOException {
        CampaignRegistry registry = CampaignRegistry.open(FileDocument.in(dir, "campaigns.json"));
        assertThat(registry.put(OF_ORG)).isTrue();
        assertThat(registry.put(OF_GROUPS)).isTrue();

        CampaignRegistry reopened = CampaignRegistry.open(FileDocument.in(dir, "campaigns.json"));

        assertThat(reopened.all()).isEqualTo(Map.of("c/1", OF_ORG, "c2", OF_GROUPS));
        reopened.remove("c2");
        reopened.remove("c2");
        assertThat(CampaignRegistry.open(FileDocument.in(dir, "campaigns.json")).all())
                .containsOnlyKeys("c/1");
        assertThat(dir.toFile().list()).containsExactly("campaigns.json");
    }

    @Test
    void snapshot_isNotTouchedByLaterChanges() throws IOException {
        CampaignRegistry registry = CampaignRegistry.open(FileDocument.in(dir, "campaigns.json"));
        Map<String, Campaign> before = registry.all();
        registry.put(OF_ORG);

        assertThat(before).isEmpty();
        assertThat(registry.find("c/1")).isEqualTo(OF_ORG);
    }

    @Test
    void failedChange_doesNotShow() throws IOException {
        CampaignRegistry registry = CampaignRegistry.open(FileDocument.in(dir, "campaigns.json"));
        registry.put(OF_ORG);
        Files.createDirectory(dir.resolve("campaigns.json.tmp"));

        assertThatThrownBy(() -> registry.put(OF_GROUPS)).isInstanceOf(IOException.class);

        assertThat(registry.all()).containsOnlyKeys("c/1");
        assertThat(CampaignRegistry.open(FileDocument.in(dir, "campaigns.json")).all())
                .containsOnlyKeys("c/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"campaigns\":[{}]}", "{\"campaigns\":[{\"id\":\"c\"}]}", "{\"c\":[]}"})
    void damagedFile_isNamedInTheError(String content) throws IOException {
        Files.write(dir.resolve("campaigns.json"), content.getBytes(UTF_8));

        assertThatThrownBy(() -> CampaignRegistry.open(FileDocument.in(dir, "campaigns.json")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("campaigns.json cannot be read");
    }

    @Test
    void definition_takesTimesInBothForms() throws BadInput {
        Campaign campaign = read("{'name':'n','org':'','from':'2023-11-14T22:13:20Z','to':1700000000001,"
                + "'targets':{'gmv':5,'orders':null},'compareTo':null}");

        assertThat(campaign)
                .isEqualTo(
                        new Campaign("c", "n", "", List.of(), 1_700_000_000_000L, 1_700_000_000_001L, 5L, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'org':'a','from':1,'to':2}|name",
                "{'name':'','org':'a','from':1,'to':2}|name",
                "{'name':'n','from':1,'to':2}|org",
                "{'name':'n','groups':[],'from':1,'to':2}|org",
                "{'name':'n','org':'a','groups':['g'],'from':1,'to':2}|groups",
                "{'name':'n','groups':['g','g'],'from':1,'to':2}|groups",
                "{'name':'n','groups':[null],'from':1,'to':2}|groups",
                "{'name':'n','groups':'g','from':1,'to':2}|groups",
                "{'name':'n','org':'a//b','from':1,'to':2}|org",
                "{'name':'n','org':'/a','from':1,'to':2}|org",
                "{'name':'n','org':'a/b/c/d/e/f/g/h/i','from':1,'to':2}|org",
                "{'name':'n','org':'a','to':2}|from",
                "{'name':'n','org':'a','from':1}|to",
                "{'name':'n','org':'a','from':2,'to':2}|to",
                "{'name':'n','org':'a','from':1.0,'to':2}|from",
                "{'name':'n','org':'a','from':'today','to':2}|from",
                "{'name':'n','org':'a','from':-1,'to':2}|from",
                "{'name':'n','org':'a','from':1,'to':2,'targets':{'gmv':-1}}|targets.gmv",
                "{'name':'n','org':'a','from':1,'to':2,'targets':{'orders':'5'}}|targets.orders",
                "{'name':'n','org':'a','from':1,'to':2,'targets':{'members':5}}|targets.members",
                "{'name':'n','org':'a','from':1,'to':2,'targets':5}|targets",
                "{'name':'n','org':'a','from':1,'to':2,'compareTo':'c'}|compareTo",
                "{'name':'n','org':'a','from':1,'to':2,'compareTo':5}|compareTo",
                "{'name':'n','org':'a','from':1,'to':2,'color':'red'}|color",
                "{'name':'n','name':'m','org':'a','from':1,'to':2}|",
                "{'name':'n'|",
                "{} {}|",
            })
    void definition_againstTheRules_namesTheField(String json, @Nullable String field) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        BadInput.class,
                        fault -> assertThat(fault.toProblem().field()).isEqualTo(field));
    }

    private static Campaign read(String json) throws BadInput {
        return CampaignJson.read("c", json.replace('\'', '"').getBytes(UTF_8));
    }
}
