package io.grouppulse.config;

import io.grouppulse.domain.people.RewardTier;
import io.grouppulse.domain.time.DailyWindow;
import io.grouppulse.domain.time.WindowSpec;
import io.grouppulse.redis.RedisAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every setting there is. */
final class Keys {
    static final Key<String> HTTP_HOST = new Key<>("http.host", "127.0.0.1", "a host name or address", Keys::notEmpty);
    static final Key<Integer> HTTP_PORT = Key.number("http.port", "8080", 0, 65_535);
    static final Key<String> HTTP_TLS_CERT = optional("http.tls.cert", "a PEM file of certificates");
    static final Key<String> HTTP_TLS_KEY = optional("http.tls.key", "a PEM file of the private key");
    static final Key<Optional<RedisAddress>> STORE =
            new Key<>("store", "embedded", "embedded, or " + RedisAddress.FORMS, Keys::store);
    static final Key<Path> DATA_DIR = new Key<>("data.dir", "./data", "a directory", t -> Path.of(notEmpty(t)));
    static final Key<Integer> SHARDS = Key.number("shards", "16", 1, 1_024);
    static final Key<Settings.ClockMode> CLOCK =
            new Key<>("clock", "system", "system or event", Settings.ClockMode::ofText);
    static final Key<ZoneId> ZONE =
            new Key<>("zone", "Asia/Shanghai", "a time zone such as Asia/Shanghai or UTC", ZoneId::of);
    static final Key<List<WindowSpec>> WINDOWS = new Key<>(
            "windows",
            "1m/1s, 5m/1s, 30m/10s, 24h/10m",
            "up to 16 different width/slice pairs such as 5m/1s, at most 7d wide and of at most 3600 slices",
            Keys::windows);
    static final Key<Duration> LATENESS = Key.duration("lateness", "10m", "1s", "7d");
    static final Key<Duration> SKEW = Key.duration("skew", "5s", "1ms", "60s");
    static final Key<Duration> DEDUP_TTL = Key.duration("dedup.ttl", "4h", "1s", "30d");
    static final Key<Duration> CONVERSION_WINDOW = Key.duration("conversion.window", "30m", "1s", "24h");
    static final Key<Duration> ATTRIBUTION_CLICK = Key.duration("attribution.click", "24h", "1s", "30d");
    static final Key<Duration> ATTRIBUTION_VIEW = Key.duration("attribution.view", "30m", "1s", "30d");
    static final Key<Duration> HISTORY_RETENTION = Key.duration("history.retention", "48h", "1h", "90d");
    static final Key<Duration> ACTIVITY_RETENTION = Key.duration("activity.retention", "9d", "1d", "90d");
    static final Key<Duration> ORDERS_RETENTION = Key.duration("orders.retention", "35d", "1h", "365d");
    static final Key<List<RewardTier>> REWARDS_TIERS = new Key<>(
            "rewards.tiers",
            "0:50, 100:100",
            "up to 16 tiers such as 0:50 (from so many members on, minor units for each), one of them from 0",
            Keys::rewardTiers);
    static final Key<Duration> SNAPSHOT_INTERVAL = Key.duration("snapshot.interval", "10s", "1s", "1h");
    static final Key<Long> LOG_SEGMENT = Key.size("log.segment", "64MiB", "1MiB", "1GiB");
    static final Key<Integer> FEED_MAX_CONNECTIONS = Key.number("feed.max_connections", "10000", 1, 1_000_000);
    static final Key<Integer> FEED_MAX_TOPICS = Key.number("feed.max_topics", "256", 1, 10_000);
    static final Key<Integer> FEED_MAX_RATE = Key.number("feed.max_rate", "1000", 1, 1_000_000);
    static final Key<Long> FEED_MAX_FRAME = Key.size("feed.max_frame", "64KiB", "1KiB", "16MiB");
    static final Key<Long> FEED_MAX_UNREAD = Key.size("feed.max_unread", "1MiB", "16KiB", "1GiB");
    static final Key<Duration> FEED_STALL_TIMEOUT = Key.duration("feed.stall_timeout", "2m", "1s", "1h");
    static final Key<Integer> INGEST_ACK =
            new Key<>("ingest.ack", "log", "log, or replica:N with a Redis store, N from 1 to 9", Keys::replicas);
    static final Key<Long> INGEST_MAX_BODY = Key.size("ingest.max_body", "64MiB", "1KiB", "1GiB");
    static final Key<Long> INGEST_MAX_PENDING = Key.size("ingest.max_pending", "64MiB", "1KiB", "16GiB");
    static final Key<String> AUTH_TOKENS = optional("auth.tokens", "a file of tokens");
    static final Key<String> AUTH_JWT_SECRET = new Key<>(
            "auth.jwt.secret", "", "a secret of at least 32 bytes", text -> emptyOr(text, Keys::isLongSecret));
    static final Key<String> AUTH_JWT_JWKS = optional("auth.jwt.jwks", "a file or https address of a key set");
    static final Key<String> AUTH_JWT_ISSUER = optional("auth.jwt.issuer", "an issuer");
    static final Key<String> AUTH_JWT_AUDIENCE = optional("auth.jwt.audience", "an audience");
    static final Key<List<String>> AUTH_ORIGINS =
            new Key<>("auth.origins", "", "origins such as https://ops.example.com", Keys::origins);
    static final Key<Integer> AUTH_RATE = Key.number("auth.rate", "1000", 1, 1_000_000);
    static final Key<String> PRIVACY_KEY =
            new Key<>("privacy.key", "", "a secret of at least 32 bytes", text -> emptyOr(text, Keys::isLongSecret));
    static final Key<Duration> PRIVACY_ERASE_AFTER = Key.duration("privacy.erase_after", "10m", "1s", "24h");
    static final Key<Double> SILENCE_BUDGET =
            new Key<>("silence.budget", "0.25", "a number above 0 and at most 100", Keys::budget);
    static final Key<Integer> METRICS_GROUPS = Key.number("metrics.groups", "200", 0, 100_000);
    static final Key<Integer> METRICS_ORGS = Key.number("metrics.orgs", "200", 1, 100_000);

    static final Key<Duration> ALERTS_GROUP_WAIT = Key.duration("alerts.group_wait", "10s", "1ms", "1h");
    static final Key<Duration> ALERTS_PENDING = Key.duration("alerts.pending", "30s", "1ms", "1h");
    static final Key<Double> ALERTS_SALE_PACE =
            new Key<>("alerts.sale_pace", "0.8", "a number above 0 and at most 1", Keys::part);
    static final Key<List<DailyWindow>> ALERTS_MUTE = new Key<>(
            "alerts.mute", "", "up to 16 windows of the day such as 22:00-08:00, or none", Keys::dailyWindows);

    private static final Map<String, Key<?>> BY_NAME = byName(
            HTTP_HOST,
            HTTP_PORT,
            HTTP_TLS_CERT,
            HTTP_TLS_KEY,
            STORE,
            DATA_DIR,
            SHARDS,
            CLOCK,
            ZONE,
            WINDOWS,
            LATENESS,
            SKEW,
            DEDUP_TTL,
            CONVERSION_WINDOW,
            ATTRIBUTION_CLICK,
            ATTRIBUTION_VIEW,
            HISTORY_RETENTION,
            ORDERS_RETENTION,
            ACTIVITY_RETENTION,
            REWARDS_TIERS,
            SNAPSHOT_INTERVAL,
            LOG_SEGMENT,
            FEED_MAX_CONNECTIONS,
            FEED_MAX_TOPICS,
            FEED_MAX_RATE,
            FEED_MAX_FRAME,
            FEED_MAX_UNREAD,
            FEED_STALL_TIMEOUT,
            INGEST_ACK,
            INGEST_MAX_BODY,
            INGEST_MAX_PENDING,
            AUTH_TOKENS,
            AUTH_JWT_SECRET,
            AUTH_JWT_JWKS,
            AUTH_JWT_ISSUER,
            AUTH_JWT_AUDIENCE,
            AUTH_ORIGINS,
            AUTH_RATE,
            PRIVACY_KEY,
            PRIVACY_ERASE_AFTER,
            SILENCE_BUDGET,
            METRICS_GROUPS,
            METRICS_ORGS,
            ALERTS_GROUP_WAIT,
            ALERTS_PENDING,
            ALERTS_SALE_PACE,
            ALERTS_MUTE);

    private static final Duration WIDEST = Duration.ofDays(7);
    private static final int MOST_SLICES = 3_600;
    private static final int MOST_WINDOWS = 16;

    private Keys() {}

    /** In the order of the documentation. */
    static Set<String> names() {
        return BY_NAME.keySet();
    }

    static Map<String, Key<?>> byName() {
        return BY_NAME;
    }

    /** The key of this name, in a named section or not; null if there is none. */
    static @Nullable Key<?> find(String name) {
        Key<?> key = BY_NAME.get(name);
        return key == null ? Sections.keyOf(name) : key;
    }

    /** Whether other keys stand under this name. */
    static boolean isSection(String name) {
        return names().stream().anyMatch(known -> known.startsWith(name + ".")) || Sections.isAbove(name);
    }

    /** The keys that may stand under this name. */
    static List<String> inside(String name) {
        return Stream.of(names().stream(), Sections.places(), Sections.keysAround(name))
                .flatMap(keys -> keys)
                .filter(key -> key.startsWith(name + "."))
                .toList();
    }

    /** What the key takes, to complete the sentence "expected …". */
    static String allowed(String name) {
        Key<?> key = find(name);
        return key == null ? "a known key" : key.allowed();
    }

    static boolean takesList(String name) {
        Field<?> field = Sections.fieldOf(name);
        return Set.of(WINDOWS.name(), ALERTS_MUTE.name(), AUTH_ORIGINS.name(), REWARDS_TIERS.name())
                        .contains(name)
                || (field != null && field.takesList());
    }

    /** @throws ConfigException if there is no such key */
    static void requireKnown(String name, String place) {
        if (find(name) != null) {
            return;
        }
        Sections.requireName(name, printable(name), place);
        List<String> around = Sections.keysAround(name).toList();
        throw new ConfigException("unknown key " + printable(name) + " (" + place + "); the nearest known key is "
                + NearestName.to(name, around.isEmpty() ? allNames() : around));
    }

    private static List<String> allNames() {
        return Stream.concat(names().stream(), Sections.patterns()).toList();
    }

    private static String printable(String name) {
        return new Given("", name, "").shown();
    }

    private static Map<String, Key<?>> byName(Key<?>... keys) {
        Map<String, Key<?>> map = new LinkedHashMap<>();
        Arrays.stream(keys).forEach(key -> map.put(key.name(), key));
        return java.util.Collections.unmodifiableMap(map);
    }

    private static String notEmpty(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("empty");
        }
        return text;
    }

    private static Optional<RedisAddress> store(String text) {
        return text.equals("embedded") ? Optional.empty() : Optional.of(RedisAddress.parse(text));
    }

    private static int replicas(String text) {
        if (text.equals("log")) {
            return 0;
        }
        if (!text.matches("replica:[1-9]")) {
            throw new IllegalArgumentException("no such acknowledgement");
        }
        return Integer.parseInt(text.substring("replica:".length()));
    }

    /** A text that may be left out. */
    private static Key<String> optional(String name, String allowed) {
        return new Key<>(name, "", allowed, text -> emptyOr(text, given -> !given.isBlank()));
    }

    private static String emptyOr(String text, Predicate<String> allowed) {
        if (!text.isEmpty() && !allowed.test(text)) {
            throw new IllegalArgumentException("not allowed");
        }
        return text;
    }

    private static boolean isLongSecret(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length >= 32;
    }

    private static List<String> origins(String text) {
        List<String> origins = text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(String::trim).toList();
        if (!origins.stream().allMatch(origin -> origin.matches("https?://[^/\\s]+"))) {
            throw new IllegalArgumentException("not an origin");
        }
        return origins;
    }

    private static double budget(String text) {
        double budget = text.matches("[0-9]{1,3}(\\.[0-9]{1,9})?") ? Double.parseDouble(text) : 0;
        if (!(budget > 0 && budget <= 100)) {
            throw new IllegalArgumentException("out of range");
        }
        return budget;
    }

    private static double part(String text) {
        double part = text.matches("[01](\\.[0-9]{1,9})?") ? Double.parseDouble(text) : 0;
        if (!(part > 0 && part <= 1)) {
            throw new IllegalArgumentException("out of range");
        }
        return part;
    }

    private static List<DailyWindow> dailyWindows(String text) {
        List<DailyWindow> windows =
                Field.items(text).stream().map(DailyWindow::parse).toList();
        if (windows.size() > MOST_WINDOWS) {
            throw new IllegalArgumentException("too many");
        }
        return windows;
    }

    private static List<RewardTier> rewardTiers(String text) {
        List<RewardTier> tiers =
                Field.items(text).stream().map(RewardTier::parse).toList();
        boolean fit = tiers.size() <= MOST_WINDOWS
                && tiers.stream().anyMatch(tier -> tier.from() == 0)
                && tiers.stream().mapToLong(RewardTier::from).distinct().count() == tiers.size();
        if (!fit) {
            throw new IllegalArgumentException("too many, none from 0, or two from the same number");
        }
        return tiers;
    }

    private static List<WindowSpec> windows(String text) {
        List<WindowSpec> windows = Arrays.stream(text.split(",", -1))
                .map(pair -> WindowSpec.parse(pair.trim()))
                .toList();
        boolean fit = windows.size() <= MOST_WINDOWS
                && windows.stream().mapToLong(WindowSpec::width).distinct().count() == windows.size()
                && windows.stream()
                        .allMatch(w -> w.width() <= WIDEST.toMillis() && w.width() / w.slice() <= MOST_SLICES);
        if (!fit) {
            throw new IllegalArgumentException("too many or too large");
        }
        return windows;
    }
}
