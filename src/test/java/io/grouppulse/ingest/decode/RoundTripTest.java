package io.grouppulse.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.Role;
import io.grouppulse.ingest.decode.EventDecoder.Shape;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class RoundTripTest {
    private final EventDecoder decoder = new EventDecoder();

    @Property
    void event_encodedToJson_decodesToItself(@ForAll("events") GroupEvent event, @ForAll long seed) {
        byte[] json = shuffled(event, new Random(seed)).toBuffer().getBytes();

        assertThat(decoder.decode(json, 0, json.length, Shape.PLAIN, "default")).isEqualTo(event);
    }

    @Property(tries = 200)
    void body_inAnyChunks_givesTheSameEvents(@ForAll("bodies") List<GroupEvent> events, @ForAll long seed) {
        Random random = new Random(seed);
        List<String> objects = new ArrayList<>();
        events.forEach(event -> objects.add(shuffled(event, random).encode()));
        boolean lines = random.nextBoolean();
        String body = lines
                ? String.join(random.nextBoolean() ? "\n" : "\r\n", objects)
                : "[" + String.join(" ,\n", objects) + "]";

        assertThat(decodeInChunks(body.getBytes(UTF_8), lines, random)).isEqualTo(events);
    }

    private List<GroupEvent> decodeInChunks(byte[] body, boolean lines, Random random) {
        List<GroupEvent> decoded = new ArrayList<>();
        Splitter.Pieces pieces = new Splitter.Pieces() {
            @Override
            public void piece(byte[] bytes, int from, int to) {
                GroupEvent event = decoder.decode(bytes, from, to, Shape.PLAIN, "default");
                assertThat(event).isNotNull();
                decoded.add(event);
            }

            @Override
            public void refused(String detail, byte[] bytes, int from, int to) {
                throw new AssertionError(detail);
            }
        };
        Splitter splitter = lines ? new LineSplitter(pieces) : new JsonSplitter(pieces);
        int most = 1 + random.nextInt(200);
        for (int from = 0; from < body.length; ) {
            int to = Math.min(body.length, from + 1 + random.nextInt(most));
            splitter.feed(body, from, to);
            from = to;
        }
        splitter.end();
        return decoded;
    }

    private static JsonObject shuffled(GroupEvent event, Random random) {
        List<java.util.Map.Entry<String, Object>> fields =
                new ArrayList<>(EventJson.fields(event).entrySet());
        java.util.Collections.shuffle(fields, random);
        JsonObject json = new JsonObject();
        if (random.nextBoolean()) {
            json.put("unknown", new JsonObject().put("id", "inner").putNull("ts"));
        }
        fields.forEach(field -> json.put(field.getKey(), field.getValue()));
        return json;
    }

    @Provide
    Arbitrary<List<GroupEvent>> bodies() {
        return events().list().ofMaxSize(30);
    }

    @Provide
    Arbitrary<GroupEvent> events() {
        Arbitrary<EventType> types = Arbitraries.of(EventType.values()).filter(t -> t != EventType.CHAIN_POSTED);
        Arbitrary<List<String>> names = names(128).list().ofSize(9);
        Arbitrary<List<String>> shortNames = names(64).list().ofSize(2);
        Arbitrary<Long> times = Arbitraries.longs().between(0, Field.MAX_TS);
        Arbitrary<Long> amounts = Arbitraries.longs().between(0, Field.MAX_AMOUNT);
        Arbitrary<Integer> quantities = Arbitraries.integers().between(1, Integer.MAX_VALUE);
        Arbitrary<Integer> presence = Arbitraries.integers();
        return Combinators.combine(types, names, shortNames, times, amounts, quantities, presence)
                .as(RoundTripTest::event);
    }

    private static GroupEvent event(
            EventType type,
            List<String> names,
            List<String> shortNames,
            long ts,
            long amount,
            int quantity,
            int presence) {
        Some some = new Some(type, presence);
        return new GroupEvent(
                shortNames.get(0),
                names.get(0),
                type,
                ts,
                some.has(Field.GROUP) ? names.get(1) : "",
                some.of(Field.MEMBER, names.get(2)),
                some.of(Field.ROLE, quantity % 2 == 0 ? Role.CUSTOMER : Role.BOT),
                some.of(Field.ORDER, names.get(3)),
                some.has(Field.AMOUNT) ? amount : GroupEvent.NO_AMOUNT,
                some.of(Field.ITEM, names.get(4)),
                some.has(Field.QUANTITY) ? quantity : 0,
                some.of(Field.SHARE, names.get(5)),
                some.of(Field.INVITER, names.get(6)),
                some.of(Field.CHANNEL, shortNames.get(1)),
                some.of(Field.CAMPAIGN, names.get(7)),
                some.of(Field.REASON, amount % 2 == 0 ? "self" : "removed"),
                some.of(Field.TARGET, names.get(8)),
                null);
    }

    private static Arbitrary<String> names(int max) {
        Arbitrary<String> plain =
                Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(max);
        Arbitrary<String> any = Arbitraries.of("群", "é", "😀", "\\", "\"", "/", " ", "\u2028", "x")
                .list()
                .ofMinSize(1)
                .ofMaxSize(max)
                .map(parts -> String.join("", parts));
        return Arbitraries.oneOf(plain, any);
    }

    /** Which fields of a type are there: the required ones, and the allowed ones that the bits name. */
    private record Some(EventType type, int presence) {
        boolean has(Field field) {
            return (Field.required(type) & field.bit()) != 0 || (Field.allowed(type) & presence & field.bit()) != 0;
        }

        <V> @Nullable V of(Field field, V value) {
            return has(field) ? value : null;
        }
    }
}
