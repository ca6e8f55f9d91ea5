package io.grouppulse.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.EventType;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceLedgerTest {
    private static final long START = 1_795_399_200_000L;
    private static final long TOLERANCE = 90_000;

    private final SourceLedger ledger = new SourceLedger();

    @Test
    void sourceThatSentHeartbeatsBeforeTheStart_andIsNotHeardAgain_isDownAfterTheUsualTime() {
        ledger.expect(Map.of("wecom", START - 5_000), START);

        assertThat(ledger.read(START + TOLERANCE).get("wecom"))
                .satisfies(health -> assertThat(health.up()).isTrue())
                .satisfies(health -> assertThat(health.heartbeatAt()).isEqualTo(START - 5_000));
        assertThat(ledger.down(START + TOLERANCE)).isEmpty();
        assertThat(ledger.down(START + TOLERANCE + 1)).containsExactly("wecom");
        assertThat(ledger.up(START + 1)).as("heard by this process").isEmpty();
    }

    @Test
    void sourceThatIsExpected_isJudgedAsEveryOther_onceItIsHeard() {
        ledger.expect(Map.of("wecom", START - 5_000, "shop", START - 5_000), START);

        ledger.heartbeat("wecom", START + 80_000, START + 80_000);
        ledger.accepted("shop", EventType.MESSAGE_SENT, START + 80_000, START + 80_000);

        assertThat(ledger.up(START + TOLERANCE + 1)).containsExactlyInAnyOrder("shop", "wecom");
        assertThat(ledger.down(START + 80_000 + TOLERANCE)).isEmpty();
        assertThat(ledger.down(START + 80_000 + TOLERANCE + 1)).containsExactly("wecom");
    }

    @Test
    void eventsOfAnEarlierProcess_appliedByThisOne_areNoSignOfLife() {
        ledger.expect(Map.of("wecom", START), START);

        ledger.applied("wecom", 7);

        assertThat(ledger.down(START + TOLERANCE + 1)).containsExactly("wecom");
    }

    @Test
    void expectedSource_thatAnotherNodeHears_isUp() {
        SourceLedger other = new SourceLedger();
        other.heartbeat("wecom", START + 80_000, START + 80_000);
        ledger.expect(Map.of("wecom", START), START);

        ledger.hear(Map.of("other", other.tell()));

        assertThat(ledger.down(START + TOLERANCE + 1)).isEmpty();
        assertThat(ledger.up(START + TOLERANCE + 1)).containsExactly("wecom");
    }

    @Test
    void heartbeats_areTheNewestOfEachSource_whetherHeardHereOrBefore() {
        ledger.expect(Map.of("wecom", START, "shop", START), START);
        ledger.heartbeat("wecom", START + 1_000, START + 2_000);
        ledger.heartbeat("canary", START + 1_000, START + 1_000);
        ledger.accepted("archive", EventType.MESSAGE_SENT, START, START);

        assertThat(ledger.heartbeats()).isEqualTo(Map.of("wecom", START + 1_000, "shop", START));
    }
}
