package io.grouppulse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grouppulse.domain.alert.AlertKind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Named sections: sources and webhooks, from the file, from variables, and from both. */
class SectionsTest {
    private static final String AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
    private static final String WECOM =
            "sources: {wecom: {Main-1: {token: hush, aes_key: " + AES_KEY + ", receiver: wx1}}}\n";

    @TempDir
    Path directory;

    @Test
    void sectionsOfTheFile_becomeRecords_byName() throws IOException {
        Settings settings = load(WECOM + """
                webhooks:
                  ops:
                    url: https://hooks.example/x?key=hush
                    orgs: [bbg/hunan, retail]
                  duty.type: wecom
                  duty: {url: 'http://127.0.0.1:9093/', secret: hush, kinds: org_silent}
                """, Map.of()).settings();

        assertThat(settings.sources().wecom())
                .containsExactly(new SealedSource("Main-1", new Secret("hush"), new Secret(AES_KEY), "wx1"));
        assertThat(settings.webhooks())
                .containsExactly(
                        new Webhook(
                                "duty",
                                "wecom",
                                URI.create("http://127.0.0.1:9093/"),
                                new Secret("hush"),
                                List.of(),
                                Set.of(AlertKind.ORG_SILENT)),
                        new Webhook(
                                "ops",
                                "json",
                                URI.create("https://hooks.example/x?key=hush"),
                                new Secret(""),
                                List.of("bbg/hunan", "retail"),
                                Set.of()));
    }

    @Test
    void variables_setFieldsOfSectionsTheFileDeclares_caseAndDashesAside() throws IOException {
        Settings settings = load(WECOM, Map.of("GROUPPULSE_SOURCES_WECOM_MAIN_1_RECEIVER", "wx2"))
                .settings();

        assertThat(settings.sources().wecom()).hasSize(1);
        assertThat(settings.sources().wecom().get(0).name()).isEqualTo("Main-1");
        assertThat(settings.sources().wecom().get(0).receiver()).isEqualTo("wx2");
    }

    @Test
    void variables_alone_declareSections_inLowerCase() throws IOException {
        Settings settings = load(
                        "shards: 2\n",
                        Map.of(
                                "GROUPPULSE_SOURCES_WECOM_HQ_AES_KEY", AES_KEY,
                                "GROUPPULSE_SOURCES_WECOM_HQ_TOKEN", "hush",
                                "GROUPPULSE_SOURCES_WECOM_HQ_RECEIVER", "wx1"))
                .settings();

        assertThat(settings.sources().wecom())
                .containsExactly(new SealedSource("hq", new Secret("hush"), new Secret(AES_KEY), "wx1"));
    }

    @Test
    void shops_areDescribedByPointers() throws Exception {
        Settings settings = load("""
            sources:
              youzan: {yz: {client_id: c, client_secret: hush}}
              channels: {mini: {token: hush, aes_key: %s, receiver: wx1}}
              shop:
                own:
                  secret: hush
                  type: /event
                  types: [pay=order.paid, 'a=b=order.created']
                  map: {order: /o/id, member: /m, ts: /t}
            """.formatted(AES_KEY), Map.of("GROUPPULSE_SOURCES_SHOP_OWN_MAP_AMOUNT", "/total"))
                .settings();

        assertThat(settings.sources().youzan()).containsExactly(new YouzanSource("yz", "c", new Secret("hush")));
        assertThat(settings.sources().channels()).hasSize(1);
        ShopSource shop = settings.sources().shops().get(0);
        assertThat(shop.types()).isEqualTo(Map.of("pay", "order.paid", "a=b", "order.created"));
        assertThat(shop.pointers()).isEqualTo(Map.of("order", "/o/id", "member", "/m", "ts", "/t", "amount", "/total"));
        assertThat(shop.signature()).isEqualTo("hmac-sha256");
    }

    @Test
    void printedSettings_maskSecrets_andCanBeReadAgain() throws IOException {
        EffectiveSettings effective =
                load(WECOM + "webhooks.ops: {url: 'http://h/hush', orgs: ['a b', c/d]}\n", Map.of());

        assertThat(effective.toYaml())
                .doesNotContain("hush", AES_KEY)
                .contains(
                        "sources.wecom.Main-1.token: '***'\n",
                        "sources.wecom.Main-1.aes_key: '***'\n",
                        "sources.wecom.Main-1.receiver: wx1\n",
                        "webhooks.ops.type: json\n",
                        "webhooks.ops.url: '***'\n",
                        "webhooks.ops.orgs: ['a b', c/d]\n")
                .doesNotContain("webhooks.ops.secret", "webhooks.ops.kinds");
        assertThat(YamlKeys.read(effective.toYaml(), "again")).containsKeys("webhooks.ops.orgs", "shards");
    }

    @Test
    void records_neverPrintTheirSecrets() throws IOException {
        assertThat(load(WECOM, Map.of()).settings().sources().toString()).doesNotContain("hush", AES_KEY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "webhooks.ops.ulr: x | unknown key webhooks.ops.ulr (f.yaml:1); the nearest known key is"
                        + " webhooks.ops.url",
                "webhooks.ops: {type: json} | webhooks.ops.url is missing (webhooks.ops is declared at f.yaml:1);"
                        + " expected an absolute http",
                "webhooks.ops: {url: 'ftp://h/hush'} | webhooks.ops.url: '***' (f.yaml:1): expected an absolute http",
                "webhooks.ops: {url: 'http://u:hush@h/'} | webhooks.ops.url: '***'",
                "webhooks.ops: {url: 'http://h/ hush'} | webhooks.ops.url: '***'",
                "webhooks.ops: {url: ''} | webhooks.ops.url: '***'",
                "webhooks.ops: {url: } | webhooks.ops.url (f.yaml:1) has no value",
                "webhooks.ops: {url: [a, b]} | webhooks.ops.url (f.yaml:1): expected one value, got a list",
                "webhooks.ops: {type: sms, url: 'http://h'} | webhooks.ops.type: 'sms' (f.yaml:1): expected json,"
                        + " alertmanager",
                "webhooks.ops: {url: 'http://h', orgs: [a, '']} | webhooks.ops.orgs: 'a, ' (f.yaml:1): expected paths",
                "webhooks.ops: | webhooks.ops (f.yaml:1) is a section, expected keys in it: webhooks.ops.type",
                "webhooks.ops: {} | webhooks.ops (f.yaml:1) is a section",
                "webhooks.ops: 3 | webhooks.ops (f.yaml:1) is a section",
                "webhooks: [a] | webhooks (f.yaml:1) is a section, expected keys in it: webhooks.<name>",
                "webhooks: {'a b': {url: 'http://h'}} | webhooks.a b (f.yaml:1): the name after webhooks. must be 1 to"
                        + " 40 letters",
                "webhooks: {-a: {url: 'http://h'}} | the name after webhooks. must be",
                "webhooks: {a.b: {url: 'http://h'}} | unknown key webhooks.a.b",
                "webhook.ops.url: x | unknown key webhook.ops.url (f.yaml:1); the nearest known key is"
                        + " webhooks.<name>.url",
                "webhooks: {a: {url: 'http://h'}, A: {url: 'http://h'}} | webhooks.a has the name of webhooks.A",
                "webhooks: {a-b: {url: 'http://h'}, a_b: {url: 'http://h'}} | has the name of webhooks.a",
                "webhooks: {a: {url: 'http://h'}, a: {url: 'http://h'}} | webhooks.a (f.yaml:1) is given twice",
                "sources.wecom.x: {token: hush} | sources.wecom.x.aes_key is missing",
                "sources.wecom.x: {token: 'hush!'} | sources.wecom.x.token: '***' (f.yaml:1): expected the Token",
                "sources.wecom.x: {token: a, aes_key: hush} | sources.wecom.x.aes_key: '***' (f.yaml:1): expected the"
                        + " EncodingAESKey",
                "sources.youzan.x: {client_id: a} | sources.youzan.x.client_secret is missing",
                "sources: {wecom: {a: {token: b}}, youzan: {a: {client_id: b}}} | sources.youzan.a has the name of"
                        + " sources.wecom.a",
                "sources.shop.x: {secret: hush, type: event} | sources.shop.x.type: 'event' (f.yaml:1): expected a"
                        + " JSON pointer",
                "sources.shop.x: {secret: hush, type: /e, types: [a=order.payed]} | sources.shop.x.types:"
                        + " 'a=order.payed'",
                "sources.shop.x: {secret: hush, type: /e, types: []} | sources.shop.x.types: '' (f.yaml:1): expected a"
                        + " list",
                "sources.shop.x: {secret: hush, map: {oder: /o}} | the nearest known key is sources.shop.x.map.order",
                "sources.shop.x: {secret: h, type: /e, types: r=order.refunded, map: {order: /o, member: /m, ts: /t}}"
                        + " | order.refunded needs map.id and map.amount",
                "sources.shop.x: {map: 3} | sources.shop.x.map (f.yaml:1) is a section",
                "sources.wecome.x.token: hush | unknown key sources.wecome.x.token",
                "sources.redis.x.stream: s | sources.redis.x.url is missing",
                "sources.redis.x: {url: 'http://u:hush@h', stream: s} | sources.redis.x.url: '***' (f.yaml:1): expected"
                        + " redis://",
                "sources.redis.x: {url: 'redis://h', stream: ''} | sources.redis.x.stream: '' (f.yaml:1): expected the"
                        + " key of a stream",
                "sources.redis.x: {url: 'redis://h', stream: s, claim_after: 1ms} | sources.redis.x.claim_after: '1ms'",
            })
    void wrongSection_isRefusedInOneClearLine(String yaml, String message) {
        assertThatThrownBy(() -> load(yaml, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n", "hush@", "hush'")
                .hasSizeLessThan(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GROUPPULSE_WEBHOOKS_OPS_ULR | x | unknown variable GROUPPULSE_WEBHOOKS_OPS_ULR; the nearest known one"
                        + " is GROUPPULSE_WEBHOOKS_",
                "GROUPPULSE_WEBHOOKS_URL | x | unknown variable GROUPPULSE_WEBHOOKS_URL",
                "GROUPPULSE_WEBHOOKS__URL | x | unknown variable GROUPPULSE_WEBHOOKS__URL",
                "GROUPPULSE_WEBHOOKS_OPS_URL | hush | webhooks.ops.url: '***' (GROUPPULSE_WEBHOOKS_OPS_URL): expected"
                        + " an absolute",
                "GROUPPULSE_WEBHOOKS_OPS_TYPE | json | webhooks.ops.url is missing (webhooks.ops is declared at"
                        + " GROUPPULSE_WEBHOOKS_OPS_TYPE)",
                "GROUPPULSE_SOURCES_WECOM_A_TOKEN | a | sources.wecom.a.aes_key is missing",
                "GROUPPULSE_SOURCES_REDIS_A_STREAM | a | sources.redis.a.url is missing",
            })
    void wrongVariable_isRefusedInOneClearLine(String variable, String text, String message) {
        assertThatThrownBy(() -> load("shards: 2\n", Map.of(variable, text)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("hush");
    }

    @Test
    void twoVariables_forOneField_areRefused() {
        Map<String, String> variables =
                Map.of("GROUPPULSE_WEBHOOKS_ops_URL", "http://a", "GROUPPULSE_WEBHOOKS_OPS_URL", "http://b");

        assertThatThrownBy(() -> load("shards: 2\n", variables))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("webhooks.ops.url is given twice");
    }

    private EffectiveSettings load(String yaml, Map<String, String> variables) throws IOException {
        Files.writeString(directory.resolve("f.yaml"), yaml);
        return SettingsLoader.load(Path.of("f.yaml"), directory, variables);
    }
}
