package io.grouppulse.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.abuse.Bystanders.Told;
import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.RunningServer;
import io.grouppulse.testing.ServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each way in small, one after the other, against one monitor with little heap: whoever behaves is served, and all is let go of. */
@Tag("long")
class AbuseIT {
    private static final Abuses.Sizes SMALL = new Abuses.Sizes(1_000, 100, 4, 256L << 20);
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration TIME = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long LONGEST_WAIT_MILLIS = 10_000;
    /** A late garbage collection, a pool that has grown by a thread, a buffer that is kept for the next. */
    private static final int LEEWAY = 24;

    @Test
    void whateverOthersDo_whoBehavesIsServed_andNothingIsHeldAfterwards() throws Exception {
        ServerOptions options = new ServerOptions(List.of("-Xmx192m", "-XX:+UseG1GC"), List.of("serve"), Map.of());
        try (RunningServer server = RunningServer.start(options);
                Bystanders bystanders = new Bystanders(server.baseUrl().getPort())) {
            Deadline.pause(WARM_UP);
            bystanders.tell();
            Vitals before = Vitals.of(server);
            for (Abuse abuse : Abuses.all(SMALL)) {
                check(abuse, server, bystanders, before);
            }
            assertThat(server.said()).doesNotContain("OutOfMemory", "Exception");
        }
    }

    private static void check(Abuse abuse, RunningServer server, Bystanders bystanders, Vitals before)
            throws Exception {
        try (abuse) {
            abuse.begin(server.baseUrl().getPort());
            Deadline.pause(TIME);
        }
        assertThat(Deadline.in(LIMIT).until(() -> Vitals.descriptors(server) < before.descriptors() + LEEWAY))
                .as("descriptors are given back after %s: %s", abuse.name(), abuse.outcome())
                .isTrue();
        assertThat(Deadline.in(LIMIT).until(() -> Vitals.of(server).heapMib() < before.heapMib() + LEEWAY))
                .as("the heap is given back after %s: %s", abuse.name(), abuse.outcome())
                .isTrue();
        assertThat(Deadline.in(LIMIT).until(bystanders::haveAllBeenServed))
                .as(
                        "a producer, a screen and a newcomer were served during or after %s: %s",
                        abuse.name(), abuse.outcome())
                .isTrue();
        Told told = bystanders.tell();
        assertThat(told.failures() + told.missing())
                .as("what got no answer during %s: %s", abuse.name(), abuse.outcome())
                .isZero();
        assertThat(List.of(told.producerMost(), told.screenMost(), told.newcomerMost()))
                .as("how long a producer, a screen and a newcomer waited during %s: %s", abuse.name(), abuse.outcome())
                .allMatch(millis -> millis < LONGEST_WAIT_MILLIS);
    }
}
