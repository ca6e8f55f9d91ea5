package io.grouppulse.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Output;
import io.grouppulse.bus.Messages;
import io.grouppulse.bus.Messages.Tick;
import io.grouppulse.eventlog.ShardMap;
import io.vertx.core.buffer.Buffer;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WireTest {
    private final Wire wire = new Wire();

    @Test
    void classesThatNoMessageHolds_areNeitherWrittenNorRead() {
        Kryo anything = new Kryo();
        anything.setRegistrationRequired(false);
        Output out = new Output(64, -1);
        anything.writeClassAndObject(out, new ShardMap(7));

        assertThatThrownBy(() -> wire.write(new File("x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> wire.write(List.of(new File("x")))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> wire.read(out.toBytes()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ShardMap");
    }

    @Test
    void bytesThatAreNoMessage_areRefused() {
        byte[] bytes = wire.write(new Tick(1, 2, Map.of(3, 4L)));

        assertThat(wire.read(bytes)).isEqualTo(new Tick(1, 2, Map.of(3, 4L)));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> wire.read(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void messageOfAnotherFormat_isNotReadFurther() {
        Envelope sent = new Envelope("f1", Envelope.Kind.ASK, "node-0", "life", 7, "address", Buffer.buffer("12"));
        Buffer bytes = sent.toBuffer();

        assertThat(Envelope.of(bytes, "f1")).isEqualTo(sent);
        assertThatThrownBy(() -> Envelope.of(bytes, "f2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("f1");
    }

    @Test
    void format_isAnotherOneForOtherMessages_andTheSameForTheSame() {
        assertThat(Format.of(Messages.class)).isEqualTo(Format.of(Messages.class));
        assertThat(Format.of(Messages.class)).isNotEqualTo(Format.of(NodeNews.class));
    }

    @Test
    void whatANodeTellsOfItself_isReadBack() {
        Member member = new Member("host/1:2", "life", "f", true, false, Set.of(3, 1, 2));

        assertThat(member.told()).isEqualTo("life|f|L-|1,2,3");
        assertThat(Member.of("host/1:2", member.told())).isEqualTo(member);
        assertThatThrownBy(() -> Member.of("x", "other")).isInstanceOf(IllegalArgumentException.class);
    }
}
