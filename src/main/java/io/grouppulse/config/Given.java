package io.grouppulse.config;

import io.grouppulse.redis.RedisAddress;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A text given for a key, and where.
 *
 * @param place such as {@code grouppulse.yaml:7}, {@code GROUPPULSE_HTTP_PORT} or {@code default}
 */
record Given(String key, String text, String place) {
    private static final Pattern SECRET = Pattern.compile("secret|token|password|key");
    private static final Set<String> NAMES_OF_FILES = Set.of("auth.tokens", "http.tls.key");
    private static final int LONGEST = 60;

    ConfigException refuse(String why) {
        return new ConfigException(key + ": '" + shown() + "' (" + place + "): " + why);
    }

    /** The text as it may be shown: masked if it is a secret, short, on one line. */
    String shown() {
        if (isSecret(key)) {
            return "***";
        }
        String line = RedisAddress.masked(text).replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    static boolean isSecret(String key) {
        if (NAMES_OF_FILES.contains(key)) {
            return false;
        }
        Field<?> field = Sections.fieldOf(key);
        return field != null
                ? field.isSecret()
                : SECRET.matcher(key.toLowerCase(Locale.ROOT)).find();
    }
}
