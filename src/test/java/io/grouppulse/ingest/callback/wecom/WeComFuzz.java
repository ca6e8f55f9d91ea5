package io.grouppulse.ingest.callback.wecom;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grouppulse.fuzz.ParserFuzz;
import io.grouppulse.ingest.callback.CallbackMeters;
import io.grouppulse.ingest.callback.CallbackRequest;
import io.grouppulse.ingest.callback.MessageSeal;
import io.grouppulse.ingest.callback.RefusedCallback;
import io.grouppulse.testing.WeComCaller;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Callbacks of WeCom: as bodies, as ciphertexts, as padded plaintexts, and as messages that are sealed as they should be. */
public final class WeComFuzz implements ParserFuzz {
    private static final WeComCaller CALLER = WeComCaller.MAIN;
    private static final long NOW = 1_790_000_000L;
    private static final int BLOCK = 16;

    private final MessageSeal seal = new MessageSeal(CALLER.token(), CALLER.aesKey());
    private final WeComDoor door = new WeComDoor(
            "wecom",
            CALLER.token(),
            CALLER.aesKey(),
            CALLER.receiver(),
            NoVersions.kept(),
            new CallbackMeters(new SimpleMeterRegistry()));

    @Override
    public List<byte[]> seeds() {
        return List.of(
                CALLER.change("chat", "add_member", NOW, "v1", "v2", "wa", "wb").getBytes(UTF_8),
                CALLER.change("chat", "del_member", NOW, "v2", "v3", "wa").getBytes(UTF_8),
                CALLER.envelope(CALLER.encrypt("<xml/>")).getBytes(UTF_8),
                "<xml><MsgType>event</MsgType><Event>a&amp;b&#65;</Event><!-- c --></xml>".getBytes(UTF_8));
    }

    @Override
    public void feed(byte[] input) {
        String text = new String(input, UTF_8);
        allow(() -> door.read(request(input, CALLER.encrypt(text))));
        String encrypted = CALLER.encrypt(text);
        allow(() -> door.read(request(CALLER.envelope(encrypted).getBytes(UTF_8), encrypted)));
        allow(() -> seal.decrypt(text));
        byte[] blocks = Arrays.copyOf(input, (input.length + BLOCK - 1) / BLOCK * BLOCK);
        allow(() -> seal.decrypt(Base64.getEncoder().encodeToString(CALLER.encrypt(blocks))));
    }

    private static CallbackRequest request(byte[] body, String encrypted) {
        String timestamp = Long.toString(NOW);
        return new CallbackRequest(
                Map.of("msg_signature", CALLER.sign(timestamp, "n", encrypted), "timestamp", timestamp, "nonce", "n"),
                Map.of(),
                Buffer.buffer(body),
                NOW * 1_000);
    }

    private interface Reading {
        Object read() throws RefusedCallback;
    }

    private static void allow(Reading reading) {
        try {
            if (reading.read() == null) {
                throw new AssertionError("neither read nor refused");
            }
        } catch (RefusedCallback e) {
            if (String.valueOf(e.getMessage()).length() > 500) {
                throw new AssertionError("a refusal that repeats the input", e);
            }
        }
    }
}
