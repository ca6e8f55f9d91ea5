package io.grouppulse.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.NamedTests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tables of the docs on security: all ten items of the OWASP API Security Top 10 and all classes of bad input, each with tests. */
class OwaspTableTest {
    private static final Path DOCS = Path.of("docs", "security.md");

    private static final List<String> CLASSES = List.of(
            "not JSON",
            "truncated at every byte",
            "wrong types",
            "NaN, Infinity, 1e999",
            "negative and huge counts",
            "64-bit overflow",
            "empty and 1 MB ids",
            "lone surrogates, invalid UTF-8",
            "NUL",
            "right-to-left, zero-width",
            "deep nesting, 10,000",
            "duplicate keys",
            "unknown fields",
            "unknown event type",
            "missing organisation",
            "group moved between organisations",
            "event time 0, year 9999, 10 min ahead, 7 days late",
            "out of order",
            "same id, different body",
            "amount with 30 decimals",
            "unknown currency",
            "refund before the order",
            "hot group",
            "one event for each of many groups",
            "gzip bomb",
            "body over the limit",
            "slow-loris",
            "HTTP/1 smuggling shapes",
            "two hosts, none, or what is none",
            "wrong content type",
            "replayed WeCom callback",
            "bad AES padding",
            "XML with DOCTYPE",
            "WebSocket: fragment flood",
            "WebSocket: oversize frame",
            "WebSocket: ping flood",
            "WebSocket: text in binary",
            "no Origin",
            "foreign Origin",
            "expired JWT",
            "alg none",
            "token for another organisation");

    @Test
    void owaspTable_hasAllTenItems_eachWithTestsThatExist() throws IOException {
        Map<String, String> table = NamedTests.table(DOCS, "OWASP API Security Top 10, 2023");

        assertThat(table.keySet().stream().map(item -> item.substring(0, item.indexOf(' '))))
                .containsExactly("API1", "API2", "API3", "API4", "API5", "API6", "API7", "API8", "API9", "API10");
        NamedTests.requireThatTheyExist(table);
    }

    @Test
    void tableOfBadInput_hasAllClasses_eachWithTestsThatExist() throws IOException {
        Map<String, String> table = NamedTests.table(DOCS, "Bad input");

        assertThat(table.keySet()).containsExactlyElementsOf(CLASSES);
        NamedTests.requireThatTheyExist(table);
    }
}
