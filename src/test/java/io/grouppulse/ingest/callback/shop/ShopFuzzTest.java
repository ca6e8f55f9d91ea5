package io.grouppulse.ingest.callback.shop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.ingest.callback.CallbackRequest;
import io.grouppulse.ingest.callback.RefusedCallback;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Generated bodies, from a fixed seed: a mapped shop reads or refuses them, and fails in no other way. */
class ShopFuzzTest {
    private static final String[] VALUES = {
        "1",
        "-1",
        "1.5",
        "1e999",
        "99999999999999999999999",
        "\"\"",
        "\"x\"",
        "\"2026-13-01 00:00:00\"",
        "null",
        "true",
        "{}",
        "[]",
        "[1]",
        "{\"id\":{}}",
        "\"\\ud800\"",
        "\"\\u0000\"",
        "nul",
        "\"",
        "{",
        "-",
        "0x1",
        "NaN",
    };
    private static final String[] NAMES = {"e", "o", "m", "t", "a", "q", "~", "", "/"};

    @Test
    void generatedBodies_areReadOrRefused() {
        Random random = new Random(4);
        int read = 0;
        for (int i = 0; i < 60_000; i++) {
            MappedDoor door = door(ShopTime.values()[random.nextInt(4)], random.nextBoolean());
            byte[] body = i % 3 == 0 ? damaged(random) : assembled(random);
            read += isRead(door, body) ? 1 : 0;
        }
        assertThat(read).isBetween(1, 59_999);
    }

    private static MappedDoor door(ShopTime time, boolean isMajor) {
        ShopMapping mapping = new ShopMapping(
                "/e",
                Map.of("x", "order.paid", "1", "order.created"),
                Map.of(
                        "order", List.of("/o", "/o/id", "/o/0"),
                        "member", List.of("/m/id", "/m"),
                        "ts", List.of("/t"),
                        "amount", List.of("/a"),
                        "quantity", List.of("/q/0", "/q")),
                time,
                isMajor);
        return new MappedDoor("s", new ShopSignature(ShopSignature.Scheme.TOKEN, "hush", ""), "x-token", mapping, "ok");
    }

    private static boolean isRead(MappedDoor door, byte[] body) {
        try {
            door.read(new CallbackRequest(Map.of(), Map.of("x-token", "hush"), Buffer.buffer(body), 0));
            return true;
        } catch (RefusedCallback e) {
            return false;
        }
    }

    private static byte[] assembled(Random random) {
        StringBuilder body = new StringBuilder("{\"e\":").append(random.nextBoolean() ? "\"x\"" : "1");
        for (int i = random.nextInt(7); i > 0; i--) {
            body.append(",\"")
                    .append(NAMES[random.nextInt(NAMES.length)])
                    .append("\":")
                    .append(VALUES[random.nextInt(VALUES.length)]);
        }
        return body.append('}').toString().getBytes(UTF_8);
    }

    private static byte[] damaged(Random random) {
        byte[] body =
                "{\"e\":\"x\",\"o\":\"o1\",\"m\":{\"id\":\"m1\"},\"t\":1658505600,\"a\":\"12.30\"}".getBytes(UTF_8);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return body;
    }
}
