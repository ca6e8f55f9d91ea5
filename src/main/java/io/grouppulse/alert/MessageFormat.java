package io.grouppulse.alert;

import io.grouppulse.domain.alert.Notification;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A notification as one kind of receiver wants it, and what its answer means. */
enum MessageFormat {
    /** Everything as JSON, signed in a header as payment providers do. */
    JSON {
        @Override
        Outgoing write(Receiver to, Notification what, long now) {
            String body = NotificationJson.of(what).encode();
            String uri = to.url().toString();
            return to.secret() == null
                    ? new Outgoing(uri, body, Map.of("Idempotency-Key", what.key()))
                    : new Outgoing(
                            uri,
                            body,
                            Map.of(
                                    "Idempotency-Key",
                                    what.key(),
                                    "GroupPulse-Signature",
                                    Signatures.header(to.secret(), now / MILLIS, body)));
        }

        @Override
        boolean isTaken(String answer) {
            return true;
        }
    },

    /** The secret is the key in the URL. */
    WECOM {
        @Override
        Outgoing write(Receiver to, Notification what, long now) {
            return new Outgoing(
                    to.url().toString(),
                    text(what, "msgtype", "text", "content").encode(),
                    Map.of());
        }

        @Override
        boolean isTaken(String answer) {
            return isZero(answer, "errcode");
        }
    },

    DINGTALK {
        @Override
        Outgoing write(Receiver to, Notification what, long now) {
            String uri = to.url().toString();
            if (to.secret() != null) {
                String sign = URLEncoder.encode(Signatures.dingTalk(to.secret(), now), StandardCharsets.UTF_8);
                uri += (to.url().getRawQuery() == null ? "?" : "&") + "timestamp=" + now + "&sign=" + sign;
            }
            return new Outgoing(uri, text(what, "msgtype", "text", "content").encode(), Map.of());
        }

        @Override
        boolean isTaken(String answer) {
            return isZero(answer, "errcode");
        }
    },

    FEISHU {
        @Override
        Outgoing write(Receiver to, Notification what, long now) {
            JsonObject body = text(what, "msg_type", "content", "text");
            if (to.secret() != null) {
                long seconds = now / MILLIS;
                body.put("timestamp", Long.toString(seconds)).put("sign", Signatures.feishu(to.secret(), seconds));
            }
            return new Outgoing(to.url().toString(), body.encode(), Map.of());
        }

        @Override
        boolean isTaken(String answer) {
            return isZero(answer, "code") || isZero(answer, "StatusCode");
        }
    };

    private static final long MILLIS = 1_000;

    /** WeCom's limit, the smallest of the three. */
    private static final int MOST_BYTES = 2_048;

    /** What is posted where. */
    record Outgoing(String uri, String body, Map<String, String> headers) {}

    /** @param now wall clock, epoch millis */
    abstract Outgoing write(Receiver to, Notification what, long now);

    /** Whether the body of an answer of 200 says that it was taken: robots answer errors with 200 too. */
    abstract boolean isTaken(String answer);

    static MessageFormat of(Receiver.Type type) {
        return switch (type) {
            case JSON -> JSON;
            case WECOM -> WECOM;
            case DINGTALK -> DINGTALK;
            case FEISHU -> FEISHU;
            case ALERTMANAGER -> throw new IllegalArgumentException("the Alertmanager is told states, not messages");
        };
    }

    private static JsonObject text(Notification what, String typeField, String contentField, String textField) {
        return new JsonObject()
                .put(typeField, "text")
                .put(contentField, new JsonObject().put(textField, cut(what.text())));
    }

    /** Whole characters within the limit of a robot. */
    static String cut(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int bytes = "…".getBytes(StandardCharsets.UTF_8).length;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            String character = Character.toString(text.codePointAt(at));
            bytes += character.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MOST_BYTES) {
                break;
            }
            kept.append(character);
        }
        return kept.append('…').toString();
    }

    private static boolean isZero(String answer, String field) {
        try {
            @Nullable Object code = new JsonObject(answer).getValue(field);
            return code instanceof Number number && number.longValue() == 0;
        } catch (DecodeException | ClassCastException e) {
            return false;
        }
    }
}
