package io.grouppulse.config;

import io.grouppulse.redis.RedisAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The settings in force, together with the texts they were made of. */
public final class EffectiveSettings {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9./][A-Za-z0-9./_+-]*");

    private final Map<String, Given> given;
    private final Settings settings;

    private EffectiveSettings(Map<String, Given> given) {
        this.given = given;
        settings = new Settings(
                new Settings.Http(
                        value(Keys.HTTP_HOST),
                        value(Keys.HTTP_PORT),
                        value(Keys.HTTP_TLS_CERT),
                        value(Keys.HTTP_TLS_KEY)),
                storage(),
                time(),
                memory(),
                feed(),
                new Settings.Ingest(
                        value(Keys.INGEST_MAX_BODY), value(Keys.INGEST_MAX_PENDING), value(Keys.INGEST_ACK)),
                new Settings.Metrics(value(Keys.METRICS_GROUPS), value(Keys.METRICS_ORGS)),
                auth(),
                new Settings.Privacy(value(Keys.PRIVACY_KEY), value(Keys.PRIVACY_ERASE_AFTER)),
                value(Keys.SILENCE_BUDGET),
                sources(),
                Sections.read(Webhook.KIND, given),
                alerts(),
                value(Keys.REWARDS_TIERS));
    }

    /** @param changed texts of known keys; the others keep their defaults */
    static EffectiveSettings of(Map<String, Given> changed) {
        Map<String, Given> given = new HashMap<>();
        Keys.byName()
                .values()
                .forEach(key -> given.put(key.name(), new Given(key.name(), key.defaultText(), "default")));
        given.putAll(changed);
        Sections.refuseSameNames(changed.keySet());
        EffectiveSettings effective = new EffectiveSettings(given);
        new Rules(effective.settings, given).check();
        return effective;
    }

    public Settings settings() {
        return settings;
    }

    /** A settings file that says the same, secrets masked. */
    public String toYaml() {
        StringBuilder yaml = new StringBuilder();
        for (String name : Keys.names()) {
            append(yaml, get(name));
        }
        Sections.KINDS.forEach(kind -> Sections.sectionsOf(kind, given.keySet())
                .forEach(section -> kind.fields().forEach(field -> append(yaml, section, field))));
        return yaml.toString();
    }

    private void append(StringBuilder yaml, String section, Field<?> field) {
        Key<?> key = field.in(section);
        Given value = given.getOrDefault(key.name(), new Given(key.name(), key.defaultText(), "default"));
        if (!value.text().isEmpty()) {
            append(yaml, value);
        }
    }

    private static void append(StringBuilder yaml, Given value) {
        yaml.append(value.key()).append(": ").append(yamlValue(value)).append('\n');
    }

    private static String yamlValue(Given value) {
        String text = value.text().trim();
        if (Given.isSecret(value.key()) && !text.isEmpty()) {
            return "'***'";
        }
        if (value.key().equals(Keys.STORE.name())) {
            return scalar(RedisAddress.masked(text));
        }
        if (Keys.takesList(value.key())) {
            return Field.items(text).stream()
                    .map(EffectiveSettings::scalar)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return scalar(text);
    }

    private static String scalar(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "''") + "'";
    }

    private Settings.Sources sources() {
        return new Settings.Sources(
                Sections.read(SealedSource.WECOM, given),
                Sections.read(SealedSource.CHANNELS, given),
                Sections.read(YouzanSource.KIND, given),
                Sections.read(ShopSource.KIND, given),
                Sections.read(RedisSource.KIND, given));
    }

    private Settings.Alerts alerts() {
        return new Settings.Alerts(
                value(Keys.ALERTS_GROUP_WAIT),
                value(Keys.ALERTS_PENDING),
                value(Keys.ALERTS_SALE_PACE),
                value(Keys.ALERTS_MUTE));
    }

    private Settings.Storage storage() {
        return new Settings.Storage(
                value(Keys.STORE).orElse(null),
                value(Keys.DATA_DIR),
                value(Keys.SHARDS),
                value(Keys.SNAPSHOT_INTERVAL),
                value(Keys.LOG_SEGMENT));
    }

    private Settings.Time time() {
        return new Settings.Time(
                value(Keys.CLOCK), value(Keys.ZONE), value(Keys.WINDOWS), value(Keys.LATENESS), value(Keys.SKEW));
    }

    private Settings.Memory memory() {
        return new Settings.Memory(
                value(Keys.DEDUP_TTL),
                value(Keys.CONVERSION_WINDOW),
                value(Keys.ATTRIBUTION_CLICK),
                value(Keys.ATTRIBUTION_VIEW),
                value(Keys.HISTORY_RETENTION),
                value(Keys.ORDERS_RETENTION),
                value(Keys.ACTIVITY_RETENTION));
    }

    private Settings.Auth auth() {
        return new Settings.Auth(
                value(Keys.AUTH_TOKENS),
                value(Keys.AUTH_JWT_SECRET),
                value(Keys.AUTH_JWT_JWKS),
                value(Keys.AUTH_JWT_ISSUER),
                value(Keys.AUTH_JWT_AUDIENCE),
                value(Keys.AUTH_ORIGINS),
                value(Keys.AUTH_RATE));
    }

    private Settings.Feed feed() {
        return new Settings.Feed(
                value(Keys.FEED_MAX_CONNECTIONS),
                value(Keys.FEED_MAX_TOPICS),
                value(Keys.FEED_MAX_RATE),
                Math.toIntExact(value(Keys.FEED_MAX_FRAME)),
                value(Keys.FEED_MAX_UNREAD),
                value(Keys.FEED_STALL_TIMEOUT));
    }

    private <T> T value(Key<T> key) {
        return key.parse(get(key.name()));
    }

    private Given get(String name) {
        return java.util.Objects.requireNonNull(given.get(name));
    }
}
