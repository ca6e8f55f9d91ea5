package io.grouppulse.config;

import io.grouppulse.domain.people.RewardTier;
import io.grouppulse.domain.time.DailyWindow;
import io.grouppulse.domain.time.WindowSpec;
import io.grouppulse.redis.RedisAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything an operator can set, checked, room by room. Sizes are bytes. */
public record Settings(
        Http http,
        Storage storage,
        Time time,
        Memory memory,
        Feed feed,
        Ingest ingest,
        Metrics metrics,
        Auth auth,
        Privacy privacy,
        double silenceBudget,
        Sources sources,
        List<Webhook> webhooks,
        Alerts alerts,
        List<RewardTier> rewards) {

    /** The defaults. */
    public static Settings defaults() {
        return of(Map.of());
    }

    /**
     * The defaults with some keys changed.
     *
     * @throws ConfigException if a key or value is wrong
     */
    public static Settings of(Map<String, String> changes) {
        return SettingsLoader.ofKeys(changes).settings();
    }

    /**
     * @param port 0 for any free one
     * @param certificate the PEM file of the certificate for TLS, with {@code key}; both empty without TLS
     */
    public record Http(String host, int port, String certificate, String key) {
        public boolean hasTls() {
            return !certificate.isEmpty();
        }
    }

    /**
     * @param redis where the store is; null for the embedded one
     * @param dir where the embedded store keeps its files
     */
    public record Storage(
            @Nullable RedisAddress redis, Path dir, int shards, Duration snapshotInterval, long segmentBytes) {}

    /** @param skew how far ahead of T an event may be */
    public record Time(ClockMode clock, ZoneId zone, List<WindowSpec> windows, Duration lateness, Duration skew) {}

    /** How long what is remembered. */
    public record Memory(
            Duration dedupTtl,
            Duration conversionWindow,
            Duration attributionClick,
            Duration attributionView,
            Duration historyRetention,
            Duration ordersRetention,
            Duration activityRetention) {}

    /** The limits of the live feed. */
    public record Feed(
            int maxConnections,
            int maxTopics,
            int maxRate,
            int maxFrameBytes,
            long maxUnreadBytes,
            Duration stallTimeout) {}

    /**
     * @param maxBodyBytes largest request body
     * @param maxPendingBytes most that may wait to become durable before producers are asked to come back later
     * @param replicas of a Redis store that must have an event before it counts as durable
     */
    public record Ingest(long maxBodyBytes, long maxPendingBytes, int replicas) {}

    /** What calls back, by kind, and what is read. */
    public record Sources(
            List<SealedSource> wecom,
            List<SealedSource> channels,
            List<YouzanSource> youzan,
            List<ShopSource> shops,
            List<RedisSource> redis) {}

    /** How many groups and organisation nodes have series of their own. */
    public record Metrics(int groups, int orgs) {}

    /**
     * When somebody is told of an alert.
     *
     * @param groupWait how long the first of several waits to be told with the others
     * @param pending how long a source must be down, or a sale behind, before it is an alert
     * @param salePace the least part of what is expected of a sale that is still well
     * @param mute when nobody is told
     */
    public record Alerts(Duration groupWait, Duration pending, double salePace, List<DailyWindow> mute) {}

    /**
     * Who may come in; an empty text stands for none.
     *
     * @param tokens the file of static tokens
     * @param secret of signed tokens (HS256)
     * @param jwks file or address of the public keys of signed tokens (RS256, ES256)
     * @param rate requests a second of one credential
     */
    public record Auth(
            String tokens, String secret, String jwks, String issuer, String audience, List<String> origins, int rate) {
        public Auth {
            origins = List.copyOf(origins);
        }

        public boolean isOn() {
            return !tokens.isEmpty() || !secret.isEmpty() || !jwks.isEmpty();
        }

        /** Holds no secret. */
        @Override
        public String toString() {
            return "Auth[on=" + isOn() + "]";
        }
    }

    /**
     * What is done for members.
     *
     * @param key of their pseudonyms; empty to store ids as they come
     * @param eraseAfter from an erasure to the sweep that takes what it left from the disk
     */
    public record Privacy(String key, Duration eraseAfter) {
        public boolean isOn() {
            return !key.isEmpty();
        }

        /** Holds no secret. */
        @Override
        public String toString() {
            return "Privacy[on=" + isOn() + ", eraseAfter=" + eraseAfter + "]";
        }
    }

    /** What T follows. */
    public enum ClockMode {
        /** The wall clock. */
        SYSTEM,
        /** The largest accepted event time. */
        EVENT;

        static ClockMode ofText(String text) {
            for (ClockMode mode : values()) {
                if (mode.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return mode;
                }
            }
            throw new IllegalArgumentException("no such clock");
        }
    }
}
