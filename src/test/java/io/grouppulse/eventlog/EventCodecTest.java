package io.grouppulse.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grouppulse.domain.event.AttributedOrder;
import io.grouppulse.domain.event.ChainPost;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.event.GroupRemoval;
import io.grouppulse.domain.event.GroupRoster;
import io.grouppulse.domain.event.MemberErasure;
import io.grouppulse.domain.event.MemberTrace;
import io.grouppulse.domain.event.Role;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventCodecTest {

    @Property(tries = 500)
    void anyInputs_encodedAndDecoded_comeBackEqual(@ForAll("batches") List<GroupInput> inputs) {
        assertThat(EventCodec.decode(EventCodec.encode(inputs))).isEqualTo(inputs);
    }

    @Property(tries = 500)
    void anyBytes_areDecodedOrNamedDamaged(@ForAll byte[] bytes) {
        assertDecodesOrIsDamaged(bytes);
        byte[] withVersion = bytes.clone();
        if (withVersion.length > 0) {
            withVersion[0] = 1;
            assertDecodesOrIsDamaged(withVersion);
        }
    }

    @Property(tries = 100)
    void flippedByte_isDecodedOrNamedDamaged(
            @ForAll("batches") List<GroupInput> inputs, @ForAll int place, @ForAll byte value) {
        byte[] bytes = EventCodec.encode(inputs);
        bytes[Math.floorMod(place, bytes.length)] = value;
        assertDecodesOrIsDamaged(bytes);
    }

    @Property(tries = 50)
    void cutBytes_areAlwaysDamaged(@ForAll("batches") List<GroupInput> inputs) {
        byte[] bytes = EventCodec.encode(inputs);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> EventCodec.decode(cut)).isInstanceOf(LogDamagedException.class);
        }
    }

    @Test
    void unknownVersion_isNamed() {
        byte[] bytes = EventCodec.encode(List.of(new GroupRemoval("g1")));
        bytes[0] = 9;

        assertThatThrownBy(() -> EventCodec.decode(bytes))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("version 9");
    }

    @Test
    void trailingBytes_areDamaged() {
        byte[] bytes = EventCodec.encode(List.of(new GroupRemoval("g1")));

        assertThatThrownBy(() -> EventCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(LogDamagedException.class);
    }

    @Test
    void unpairedSurrogate_isKept() {
        List<GroupInput> inputs = List.of(new GroupRemoval("a\ud800b"), new GroupRemoval("\udc00"));

        assertThat(EventCodec.decode(EventCodec.encode(inputs))).isEqualTo(inputs);
    }

    @Test
    void codes_areDistinct() {
        assertThat(Arrays.stream(EventType.values()).mapToInt(WireCodes::of).toArray())
                .containsExactlyInAnyOrder(IntStream.rangeClosed(1, 30).toArray());
    }

    @Test
    void eventsOfOneGroup_shareWhatTheyHaveInCommon() {
        GroupEvent first = message("w-1", 1_700_000_000_000L);
        int one = EventCodec.encode(List.of(first)).length;
        int two = EventCodec.encode(List.of(first, message("w-2", 1_700_000_000_250L))).length;

        assertThat(two - one).isLessThanOrEqualTo(20);
    }

    private static GroupEvent message(String id, long ts) {
        return new GroupEvent(
                "wecom",
                id,
                EventType.MESSAGE_SENT,
                ts,
                "group-0001",
                "member-01",
                null,
                null,
                -1,
                null,
                0,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static void assertDecodesOrIsDamaged(byte[] bytes) {
        try {
            assertThat(EventCodec.decode(bytes)).isNotNull();
        } catch (LogDamagedException expected) {
            assertThat(expected).hasMessageContaining("cannot be decoded");
        }
    }

    @Provide
    Arbitrary<List<GroupInput>> batches() {
        return Arbitraries.<GroupInput>oneOf(
                        events(),
                        events(),
                        profiles(),
                        rosters(),
                        texts().map(GroupRemoval::new),
                        Combinators.combine(texts(), texts()).as(MemberErasure::new),
                        traces(),
                        attributedOrders())
                .list()
                .ofMaxSize(12);
    }

    private static Arbitrary<MemberTrace> traces() {
        return Combinators.combine(
                        texts().list().ofSize(4),
                        Arbitraries.of(EventType.class),
                        Arbitraries.longs(),
                        texts().injectNull(0.5),
                        texts().injectNull(0.5))
                .as((text, type, ts, share, order) ->
                        new MemberTrace(text.get(0), text.get(1), type, ts, text.get(2), text.get(3), share, order));
    }

    private static Arbitrary<AttributedOrder> attributedOrders() {
        return Combinators.combine(
                        texts().list().ofSize(4),
                        Arbitraries.longs().between(0, Long.MAX_VALUE),
                        events().list().ofMaxSize(3))
                .as((text, version, events) ->
                        new AttributedOrder(text.get(0), text.get(1), text.get(2), text.get(3), version, events));
    }

    private static Arbitrary<GroupEvent> events() {
        Arbitrary<List<@Nullable String>> optional =
                texts().injectNull(0.5).list().ofSize(9);
        Arbitrary<GroupEvent> plain = Combinators.combine(
                        Arbitraries.of("wecom", "shop", ""),
                        Arbitraries.of("g1", "g2", ""),
                        texts(),
                        Arbitraries.of(EventType.class),
                        Arbitraries.longs(),
                        optional,
                        Arbitraries.integers())
                .as((source, group, id, type, ts, text, number) -> new GroupEvent(
                        source,
                        id,
                        type,
                        ts,
                        group,
                        text.get(0),
                        null,
                        text.get(1),
                        -1,
                        text.get(2),
                        number,
                        text.get(3),
                        text.get(4),
                        text.get(5),
                        text.get(6),
                        text.get(7),
                        text.get(8),
                        null));
        return Combinators.combine(
                        plain,
                        Arbitraries.of(Role.class).injectNull(0.5),
                        Arbitraries.longs().greaterOrEqual(-1),
                        chains().injectNull(0.5))
                .as((e, role, amount, chain) -> new GroupEvent(
                        e.source(),
                        e.id(),
                        e.type(),
                        e.ts(),
                        e.group(),
                        e.member(),
                        role,
                        e.order(),
                        amount,
                        e.item(),
                        e.quantity(),
                        e.share(),
                        e.inviter(),
                        e.channel(),
                        e.campaign(),
                        e.reason(),
                        e.target(),
                        chain));
    }

    private static Arbitrary<ChainPost> chains() {
        return Combinators.combine(
                        Arbitraries.longs(), Arbitraries.longs().list().ofMaxSize(5))
                .as(ChainPost::new);
    }

    private static Arbitrary<GroupProfile> profiles() {
        return Combinators.combine(
                        texts(),
                        texts().injectNull(0.5),
                        texts().list().ofMaxSize(3),
                        Arbitraries.integers(),
                        texts().list().ofMaxSize(3),
                        texts().injectNull(0.5))
                .as(GroupProfile::new);
    }

    private static Arbitrary<GroupRoster> rosters() {
        Arbitrary<GroupRoster.Entry> entries =
                Combinators.combine(texts(), Arbitraries.of(Role.class)).as(GroupRoster.Entry::new);
        return Combinators.combine(
                        texts(),
                        Arbitraries.longs(),
                        Arbitraries.longs(),
                        entries.list().ofMaxSize(6))
                .as(GroupRoster::new);
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().alpha().ofMaxLength(12),
                Arbitraries.strings().ofMaxLength(8));
    }
}
