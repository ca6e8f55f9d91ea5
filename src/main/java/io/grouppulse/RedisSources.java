package io.grouppulse;

import io.grouppulse.config.RedisSource;
import io.grouppulse.ingest.Intake;
import io.grouppulse.ingest.decode.EventScreen;
import io.grouppulse.ingest.redis.RedisSourceVerticle;
import io.grouppulse.ingest.redis.StreamSettings;
import io.grouppulse.ops.SourceLedger;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.LongSupplier;

/** One reader for each Redis stream of the settings. */
final class RedisSources {
    private RedisSources() {}

    /** @param node another text for each node that reads the same streams; empty for one that is alone */
    static List<RedisSourceVerticle> verticles(
            List<RedisSource> sources,
            String node,
            Intake intake,
            EventScreen screen,
            SourceLedger ledger,
            LongSupplier wallClock,
            MeterRegistry registry) {
        return sources.stream()
                .map(source ->
                        new RedisSourceVerticle(settings(source, node), intake, screen, ledger, wallClock, registry))
                .toList();
    }

    /** Each node is a consumer of its own, whatever they all are called in the settings that they share. */
    private static StreamSettings settings(RedisSource source, String node) {
        String consumer = source.consumer().isEmpty() ? hostName() : source.consumer();
        return new StreamSettings(
                source.name(),
                source.url(),
                source.stream(),
                source.group(),
                node.isEmpty() ? consumer : consumer + "/" + node,
                source.claimAfter().toMillis());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(
                    "this machine does not know its name: set sources.redis.<name>.consumer", e);
        }
    }
}
