package io.grouppulse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.ChainPost;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.Role;
import io.grouppulse.domain.simulate.SimulatedEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventJsonTest {

    @Test
    void everyField_isWrittenUnderItsContractName() {
        GroupEvent event = new GroupEvent(
                "shop",
                "e1",
                EventType.ORDER_PAID,
                5,
                "g",
                "m",
                Role.STAFF,
                "o",
                190,
                "i",
                2,
                "s",
                "v",
                "c",
                "k",
                "self",
                "t",
                null);

        assertThat(line(event, null))
                .isEqualTo("{\"id\":\"e1\",\"type\":\"order.paid\",\"ts\":5,\"source\":\"shop\",\"group\":\"g\","
                        + "\"member\":\"m\",\"role\":\"staff\",\"order\":\"o\",\"amount\":190,\"item\":\"i\","
                        + "\"quantity\":2,\"share\":\"s\",\"inviter\":\"v\",\"channel\":\"c\",\"campaign\":\"k\","
                        + "\"reason\":\"self\",\"target\":\"t\"}");
    }

    @Test
    void absentFields_areLeftOut() {
        assertThat(line(bare(EventType.SOURCE_HEARTBEAT, ""), null))
                .isEqualTo("{\"id\":\"e1\",\"type\":\"source.heartbeat\",\"ts\":5,\"source\":\"wecom\"}");
    }

    @Test
    void chainText_isEscaped() {
        GroupEvent event = bare(EventType.CHAIN_POSTED, "g");

        assertThat(line(event, "#接龙 \"a\"\n1. b")).endsWith("\"text\":\"#接龙 \\\"a\\\"\\n1. b\"}");
    }

    private static GroupEvent bare(EventType type, String group) {
        return new GroupEvent(
                "wecom",
                "e1",
                type,
                5,
                group,
                null,
                null,
                null,
                GroupEvent.NO_AMOUNT,
                null,
                0,
                null,
                null,
                null,
                null,
                null,
                null,
                new ChainPost(1, List.of()));
    }

    private static String line(GroupEvent event, @Nullable String text) {
        return new String(EventJson.line(new SimulatedEvent(event, text)), StandardCharsets.UTF_8);
    }
}
