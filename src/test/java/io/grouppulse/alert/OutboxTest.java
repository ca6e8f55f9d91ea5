package io.grouppulse.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.alert.Notification;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final Outbox outbox = new Outbox(List.of());

    @Test
    void notification_goesOutOnlyOnceItIsSaved() {
        Notification first = Told.notification("g1");
        Notification second = Told.notification("g2");
        outbox.add(first);
        assertThat(outbox.first()).isNull();

        assertThat(outbox.save()).containsExactly(first);
        outbox.add(second);
        outbox.saved();

        assertThat(outbox.first()).isEqualTo(first);
        outbox.remove(first);
        assertThat(outbox.first()).as("the second came after that save").isNull();
        assertThat(outbox.save()).containsExactly(second);
    }

    @Test
    void saveThatFailed_isMadeUpForByTheNext() {
        outbox.add(Told.notification("g1"));
        outbox.save();
        outbox.add(Told.notification("g2"));

        assertThat(outbox.save()).hasSize(2);
        outbox.saved();
        assertThat(outbox.size()).isEqualTo(2);
        assertThat(outbox.first()).isNotNull();
    }

    @Test
    void fullOutbox_dropsTheOldest() {
        for (int i = 0; i < Outbox.CAPACITY; i++) {
            assertThat(outbox.add(Told.notification("g" + i))).isZero();
        }
        outbox.save();
        outbox.saved();

        assertThat(outbox.add(Told.notification("last"))).isEqualTo(1);
        assertThat(outbox.size()).isEqualTo(Outbox.CAPACITY);
        assertThat(outbox.first()).isEqualTo(Told.notification("g1"));
    }

    @Test
    void fullOutbox_whoseSaveIsUnderWay_keepsItsOrder() {
        for (int i = 0; i < Outbox.CAPACITY; i++) {
            outbox.add(Told.notification("g" + i));
        }
        outbox.save();
        outbox.add(Told.notification("last"));
        outbox.saved();

        assertThat(outbox.first()).isEqualTo(Told.notification("g1"));
        assertThat(outbox.save()).hasSize(Outbox.CAPACITY).last().isEqualTo(Told.notification("last"));
    }

    @Test
    void waitsBetweenAttempts_doubleUpToALimit_andBeginAnewAfterASuccess() {
        Backoff longest = new Backoff(() -> 1);
        assertThat(List.of(longest.failed(), longest.failed(), longest.failed()))
                .containsExactly(1_000L, 2_000L, 4_000L);
        for (int i = 0; i < 100; i++) {
            assertThat(longest.failed()).isBetween(0L, 300_000L);
        }
        assertThat(longest.failed()).isEqualTo(300_000);
        longest.succeeded();
        assertThat(longest.failed()).isEqualTo(1_000);
        assertThat(new Backoff(() -> 0).failed()).isEqualTo(500);
    }
}
