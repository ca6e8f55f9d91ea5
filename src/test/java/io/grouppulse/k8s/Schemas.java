package io.grouppulse.k8s;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.util.Map;

/** What Kubernetes takes: no unknown field, none missing, each of its type. */
final class Schemas {
    private static final Map<String, Schema> BY_KIND = Map.of(
            "v1 ConfigMap", new Schema(V1ConfigMap.class, V1ConfigMap::validateJsonElement),
            "v1 Namespace", new Schema(V1Namespace.class, V1Namespace::validateJsonElement),
            "v1 Service", new Schema(V1Service.class, V1Service::validateJsonElement),
            "v1 ServiceAccount", new Schema(V1ServiceAccount.class, V1ServiceAccount::validateJsonElement),
            "apps/v1 StatefulSet", new Schema(V1StatefulSet.class, V1StatefulSet::validateJsonElement),
            "networking.k8s.io/v1 NetworkPolicy",
                    new Schema(V1NetworkPolicy.class, V1NetworkPolicy::validateJsonElement),
            "policy/v1 PodDisruptionBudget",
                    new Schema(V1PodDisruptionBudget.class, V1PodDisruptionBudget::validateJsonElement));

    private Schemas() {}

    private record Schema(Class<?> type, Check check) {}

    @FunctionalInterface
    private interface Check {
        void check(JsonElement object) throws IOException;
    }

    static boolean has(String apiVersion, String kind) {
        return BY_KIND.containsKey(apiVersion + " " + kind);
    }

    /** @throws RuntimeException that says what is wrong */
    static void check(String apiVersion, String kind, String json) throws IOException {
        Schema schema = BY_KIND.get(apiVersion + " " + kind);
        if (schema == null) {
            throw new IllegalArgumentException("no schema of " + apiVersion + " " + kind);
        }
        JsonElement object = JsonParser.parseString(json);
        schema.check().check(object);
        Object read = JSON.getGson().fromJson(object, schema.type());
        if (read == null) {
            throw new IllegalArgumentException("nothing but null");
        }
    }
}
