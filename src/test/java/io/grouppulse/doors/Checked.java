package io.grouppulse.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Sends requests and holds each answer against what the OpenAPI document says of it. */
final class Checked {
    private static final List<String> SECURITY =
            List.of("content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy");

    private final Api api;
    private final Document document;
    private final Set<String> answered = new TreeSet<>();

    Checked(Api api, Document document) {
        this.api = api;
        this.document = document;
    }

    Document document() {
        return document;
    }

    /** Every method and path that was answered with a documented success. */
    Set<String> answered() {
        return Set.copyOf(answered);
    }

    /** The methods of a path, in capitals. */
    Set<String> methods(String template) {
        Set<String> methods = new TreeSet<>();
        for (String key : path(template).fieldNames()) {
            if (!key.equals("parameters")) {
                methods.add(key.toUpperCase(Locale.ROOT));
            }
        }
        return methods;
    }

    private JsonObject path(String template) {
        return document.content().getJsonObject("paths").getJsonObject(template);
    }

    Api.Answer send(String method, String template, String path, String body, String... headers) throws Exception {
        Api.Answer answer = api.send(method, path, body, headers);
        String what = method + " " + path + " " + answer.status() + " ";
        SECURITY.forEach(
                header -> assertThat(answer.header(header)).as(what + header).isNotEmpty());
        JsonObject response = documented(method, template, answer.status());
        assertThat(response).as(what + "is documented").isNotNull();
        check(what, document.resolve(response), answer);
        if (answer.status() < 300) {
            answered.add(method + " " + template);
        }
        return answer;
    }

    /** An unknown method answers as all others of the path do. */
    private JsonObject documented(String method, String template, int status) {
        JsonObject operation = path(template).getJsonObject(method.toLowerCase(Locale.ROOT));
        if (operation == null) {
            String any = methods(template).iterator().next();
            operation = path(template).getJsonObject(any.toLowerCase(Locale.ROOT));
        }
        return operation.getJsonObject("responses").getJsonObject(Integer.toString(status));
    }

    private void check(String what, JsonObject response, Api.Answer answer) {
        JsonObject headers = response.getJsonObject("headers", new JsonObject());
        headers.fieldNames()
                .forEach(header ->
                        assertThat(answer.header(header)).as(what + header).isNotEmpty());
        JsonObject content = response.getJsonObject("content");
        if (content == null) {
            assertThat(answer.body()).as(what).isEmpty();
            return;
        }
        assertThat(content.fieldNames()).as(what).contains(answer.mediaType());
        JsonObject schema = content.getJsonObject(answer.mediaType()).getJsonObject("schema");
        if (answer.mediaType().equals("application/x-ndjson")) {
            answer.body()
                    .lines()
                    .forEach(line -> assertThat(document.faults(schema, new JsonObject(line)))
                            .as(what + line)
                            .isEmpty());
        } else if (answer.mediaType().endsWith("json")) {
            assertThat(document.faults(strict(schema, answer), answer.json()))
                    .as(what)
                    .isEmpty();
        }
        if (answer.status() >= 400) {
            assertThat(answer.body()).as(what).doesNotContain("io.grouppulse", "io.vertx", "\\tat ", "Exception");
        }
    }

    /** Of a choice between whole items and parts of them, the whole, unless parts were asked for. */
    private static JsonObject strict(JsonObject schema, Api.Answer answer) {
        String query = String.valueOf(answer.response().uri().getQuery());
        return schema.containsKey("anyOf") && !query.contains("fields=")
                ? schema.getJsonArray("anyOf").getJsonObject(0)
                : schema;
    }
}
