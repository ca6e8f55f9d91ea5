package io.grouppulse.config;

import io.grouppulse.domain.time.WindowSpec;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** What must hold between settings, and what this version cannot do yet. */
final class Rules {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}|::1");

    private final Settings settings;
    private final Map<String, Given> given;

    Rules(Settings settings, Map<String, Given> given) {
        this.settings = settings;
        this.given = given;
    }

    /** @throws ConfigException on the first rule that is broken */
    void check() {
        refuseUnless(
                LOOPBACK.matcher(settings.http().host()).matches()
                        || settings.auth().isOn(),
                Keys.HTTP_HOST,
                "binding beyond this machine needs auth: set auth.tokens, auth.jwt.secret or auth.jwt.jwks,"
                        + " or expected 127.0.0.1, ::1 or localhost");
        refuseUnless(
                settings.http().certificate().isEmpty() == settings.http().key().isEmpty(),
                Keys.HTTP_TLS_CERT,
                "http.tls.cert and http.tls.key go together");
        refuseUnless(
                settings.ingest().replicas() == 0 || settings.storage().redis() != null,
                Keys.INGEST_ACK,
                "the embedded store has no replicas; expected log, or a Redis store");
        Settings.Memory memory = settings.memory();
        refuseUnless(
                memory.dedupTtl().compareTo(settings.time().lateness()) >= 0,
                Keys.DEDUP_TTL,
                "expected at least lateness (" + text(Keys.LATENESS) + "), or late repeats would count twice");
        refuseUnless(
                memory.historyRetention().compareTo(settings.time().lateness()) >= 0,
                Keys.HISTORY_RETENTION,
                "expected at least lateness (" + text(Keys.LATENESS) + ")");
        long widest = settings.time().windows().stream()
                .mapToLong(WindowSpec::width)
                .max()
                .orElse(0);
        refuseUnless(
                memory.activityRetention().minusDays(1).toMillis() >= widest,
                Keys.ACTIVITY_RETENTION,
                "expected a day more than the widest of windows (" + text(Keys.WINDOWS) + ")");
        refuseUnless(
                settings.ingest().maxPendingBytes() >= settings.ingest().maxBodyBytes(),
                Keys.INGEST_MAX_PENDING,
                "expected at least ingest.max_body (" + text(Keys.INGEST_MAX_BODY)
                        + "), or the largest body would never fit");
    }

    private void refuseUnless(boolean holds, Key<?> key, String why) {
        if (!holds) {
            throw value(key).refuse(why);
        }
    }

    private String text(Key<?> key) {
        return value(key).text().trim();
    }

    private Given value(Key<?> key) {
        return Objects.requireNonNull(given.get(key.name()));
    }
}
