package io.grouppulse.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each overlay applies: sound, closed, and of one piece. */
class ManifestsTest {
    private static final Path K8S = Path.of("k8s");
    private static final Path RULES = Path.of("dashboards", "prometheus", "rules");
    private static final String OPERATOR = "monitoring.coreos.com/v1";
    private static final int LONGEST_TAKE_OVER_SECONDS = 15;
    private static final int LONGEST_DRAIN_SECONDS = 10;
    private static final int WORST_RESTORE_SECONDS = 300;

    @ParameterizedTest
    @ValueSource(strings = {"single", "redis"})
    void overlay_everyObject_passesItsSchema(String overlay) {
        assertThat(objects(overlay)).isNotEmpty().allSatisfy(object -> {
            String apiVersion = object.path("apiVersion").asText();
            String kind = object.path("kind").asText();
            if (apiVersion.equals(OPERATOR)) {
                assertThat(Schemas.has(apiVersion, kind)).isFalse();
                assertThat(kind).isIn("ServiceMonitor", "PrometheusRule");
            } else {
                Schemas.check(apiVersion, kind, object.toString());
            }
        });
    }

    @Test
    void schema_misspelledMissingOrOfAnotherType_isRefused() {
        ObjectNode misspelled = only(objects("single"), "StatefulSet", "grouppulse");
        ((ObjectNode) misspelled.path("spec")).put("replicaz", 2);
        ObjectNode misspelledWithin = only(objects("single"), "StatefulSet", "grouppulse");
        ((ObjectNode) misspelledWithin.at("/spec/template/spec/containers/0")).putObject("livenesProbe");
        ObjectNode missing = only(objects("single"), "StatefulSet", "grouppulse");
        ((ObjectNode) missing.path("spec")).remove("selector");
        ObjectNode ofAnotherType = only(objects("single"), "StatefulSet", "grouppulse");
        ((ObjectNode) ofAnotherType.path("spec")).put("replicas", "two");

        assertThat(List.of(misspelled, misspelledWithin, missing, ofAnotherType))
                .allSatisfy(
                        object -> assertThatThrownBy(() -> Schemas.check("apps/v1", "StatefulSet", object.toString()))
                                .isInstanceOf(RuntimeException.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "monitoring", "overlays/single", "overlays/redis"})
    void directory_holdsNoFileThatIsNotApplied(String directory) throws IOException {
        Path path = K8S.resolve(directory);
        try (Stream<Path> files = Files.list(path)) {
            assertThat(files.filter(file -> !file.endsWith("kustomization.yaml")))
                    .containsExactlyInAnyOrderElementsOf(new Kustomization(path).files());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "redis"})
    void pods_areRestricted(String overlay) {
        assertThat(pods(overlay)).allSatisfy(pod -> {
            JsonNode context = pod.path("securityContext");
            assertThat(context.path("runAsNonRoot").asBoolean()).isTrue();
            assertThat(context.path("runAsUser").asInt()).isGreaterThan(10_000);
            assertThat(context.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            assertThat(pod.path("containers")).allSatisfy(container -> {
                JsonNode own = container.path("securityContext");
                assertThat(own.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
                assertThat(own.path("readOnlyRootFilesystem").asBoolean()).isTrue();
                assertThat(own.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
                assertThat(container.at("/resources/limits/memory").asText())
                        .isNotEmpty()
                        .isEqualTo(container.at("/resources/requests/memory").asText());
                assertThat(container.at("/resources/requests/cpu").isTextual()).isTrue();
            });
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "redis"})
    void pods_everyVolumeAndClaimAndConfigMap_isThere(String overlay) {
        Set<String> maps = names(objects(overlay), "ConfigMap");
        assertThat(sets(overlay)).allSatisfy(set -> {
            JsonNode pod = set.at("/spec/template/spec");
            Set<String> volumes = new TreeSet<>(texts(pod.path("volumes"), "/name"));
            volumes.addAll(texts(set.at("/spec/volumeClaimTemplates"), "/metadata/name"));
            assertThat(texts(pod.at("/containers/0/volumeMounts"), "/name"))
                    .containsExactlyInAnyOrderElementsOf(volumes);
            assertThat(maps).containsAll(texts(pod.path("volumes"), "/configMap/name"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "redis"})
    void monitor_probes_askHealthOnTheServedPort(String overlay) {
        JsonNode monitor = monitor(overlay).at("/spec/template/spec/containers/0");

        assertThat(monitor.at("/ports/0/name").asText()).isEqualTo("http");
        assertThat(monitor.at("/ports/0/containerPort").asInt())
                .isEqualTo(ShippedSettings.of(overlay).at("/http/port").asInt());
        assertThat(monitor.at("/startupProbe/httpGet/path").asText()).isEqualTo("/health/live");
        assertThat(monitor.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health/live");
        assertThat(monitor.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health/ready");
        assertThat(Stream.of("startupProbe", "livenessProbe", "readinessProbe"))
                .allSatisfy(probe -> assertThat(
                                monitor.path(probe).at("/httpGet/port").asText())
                        .isEqualTo("http"));
        assertThat(monitor.at("/startupProbe/periodSeconds").asInt()
                        * monitor.at("/startupProbe/failureThreshold").asInt())
                .isGreaterThanOrEqualTo(WORST_RESTORE_SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "redis"})
    void monitor_hasTimeToDrain_afterItsEndpointIsForgotten(String overlay) {
        JsonNode pod = monitor(overlay).at("/spec/template/spec");
        int forgotten = pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asInt();

        assertThat(forgotten).isPositive();
        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThan(forgotten + LONGEST_DRAIN_SECONDS);
    }

    /** A service named grouppulse would set GROUPPULSE_PORT, and the program refuses settings that it does not know. */
    @ParameterizedTest
    @ValueSource(strings = {"single", "redis"})
    void monitor_variablesOfServices_areOff(String overlay) {
        assertThat(monitor(overlay).at("/spec/template/spec/enableServiceLinks").asBoolean(true))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "redis"})
    void selectors_ofServicesPoliciesAndBudgets_findPods(String overlay) {
        List<JsonNode> labels = sets(overlay).stream()
                .map(set -> set.at("/spec/template/metadata/labels"))
                .toList();
        Stream<JsonNode> selectors = objects(overlay).stream()
                .flatMap(object -> switch (object.path("kind").asText()) {
                    case "Service" -> Stream.of(object.at("/spec/selector"));
                    case "NetworkPolicy" -> Stream.of(object.at("/spec/podSelector/matchLabels"));
                    case "PodDisruptionBudget", "StatefulSet" -> Stream.of(object.at("/spec/selector/matchLabels"));
                    default -> Stream.empty();
                });

        assertThat(selectors.filter(selector -> !selector.isMissingNode()))
                .isNotEmpty()
                .isSubsetOf(labels);
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "redis"})
    void network_isClosed_butForWhatIsNamed(String overlay) {
        List<ObjectNode> policies = of(objects(overlay), "NetworkPolicy");

        assertThat(only(policies, "NetworkPolicy", "deny-all").path("spec").toString())
                .isEqualTo("{\"podSelector\":{},\"policyTypes\":[\"Ingress\",\"Egress\"]}");
        assertThat(policies)
                .allSatisfy(policy -> assertThat(policy.at("/spec/ingress")).allSatisfy(rule -> {
                    assertThat(rule.path("from")).isNotEmpty();
                    assertThat(rule.path("ports")).isNotEmpty();
                }));
    }

    @Test
    void redis_keepsWhatItTook_andRunsBesideThreeMonitorsOnMachinesOfTheirOwn() {
        JsonNode settings = only(objects("redis"), "ConfigMap", "grouppulse-redis-settings");
        JsonNode monitor = monitor("redis");

        assertThat(settings.at("/data/redis.conf").asText().lines())
                .contains("appendonly yes", "appendfsync always", "maxmemory-policy noeviction");
        assertThat(monitor.at("/spec/replicas").asInt()).isEqualTo(3);
        assertThat(texts(monitor.at("/spec/template/spec/topologySpreadConstraints"), "/topologyKey"))
                .containsExactly("kubernetes.io/hostname", "topology.kubernetes.io/zone");
        assertThat(monitor.at("/spec/updateStrategy/type").asText("RollingUpdate"))
                .isEqualTo("RollingUpdate");
        JsonNode ready = monitor.at("/spec/template/spec/containers/0/readinessProbe");
        assertThat(ready.path("periodSeconds").asInt()
                        * ready.path("failureThreshold").asInt())
                .isGreaterThan(LONGEST_TAKE_OVER_SECONDS);
        assertThat(monitor.toString()).contains("@grouppulse-redis:6379");
        assertThat(names(objects("redis"), "Service")).contains("grouppulse-redis");
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "redis"})
    void scrape_findsTheServiceWhoseNameIsTheJobOfTheRules(String overlay) {
        JsonNode monitor = only(objects(overlay), "ServiceMonitor", "grouppulse");
        JsonNode service = only(objects(overlay), "Service", "grouppulse");

        assertThat(service.at("/metadata/labels")).isEqualTo(monitor.at("/spec/selector/matchLabels"));
        assertThat(of(objects(overlay), "Service"))
                .filteredOn(each -> each.at("/metadata/labels").equals(monitor.at("/spec/selector/matchLabels")))
                .hasSize(1);
        assertThat(monitor.at("/spec/endpoints/0/port")).isEqualTo(service.at("/spec/ports/0/name"));
        assertThat(monitor.at("/spec/endpoints/0/path").asText()).isEqualTo("/metrics");
    }

    @Test
    void rules_areThoseThatPromtoolTests() throws IOException {
        Map<String, JsonNode> tested = new TreeMap<>();
        try (Stream<Path> files = Files.list(RULES)) {
            files.forEach(file -> tested.put(
                    "grouppulse-" + file.getFileName().toString().replace(".yml", ""),
                    Kustomization.documents(file).get(0)));
        }
        Map<String, JsonNode> applied = of(objects("single"), "PrometheusRule").stream()
                .collect(Collectors.toMap(rule -> rule.at("/metadata/name").asText(), rule -> rule.path("spec")));

        assertThat(applied).as("run k8s/rules").isEqualTo(tested);
    }

    private static List<ObjectNode> objects(String overlay) {
        return new Kustomization(K8S.resolve("overlays").resolve(overlay)).objects();
    }

    private static JsonNode monitor(String overlay) {
        return only(objects(overlay), "StatefulSet", "grouppulse");
    }

    private static List<ObjectNode> sets(String overlay) {
        return of(objects(overlay), "StatefulSet");
    }

    private static List<JsonNode> pods(String overlay) {
        return sets(overlay).stream().map(set -> set.at("/spec/template/spec")).toList();
    }

    private static List<ObjectNode> of(List<ObjectNode> objects, String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    private static Set<String> names(List<ObjectNode> objects, String kind) {
        return of(objects, kind).stream()
                .map(object -> object.at("/metadata/name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static ObjectNode only(List<ObjectNode> objects, String kind, String name) {
        List<ObjectNode> found = of(objects, kind).stream()
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .toList();
        assertThat(found).as("%s %s", kind, name).hasSize(1);
        return found.get(0);
    }

    private static List<String> texts(JsonNode list, String pointer) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(item -> item.at(pointer))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .toList();
    }
}
