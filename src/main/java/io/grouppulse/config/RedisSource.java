package io.grouppulse.config;

import io.grouppulse.redis.RedisAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * A Redis stream to which others add events.
 *
 * @param stream the stream's key
 * @param group the consumer group, made where it is missing
 * @param consumer this node's name in the group, its own again after each start; empty for the machine's name
 * @param claimAfter how long an entry may be pending on another consumer before it is taken over
 */
public record RedisSource(
        String name, RedisAddress url, String stream, String group, String consumer, Duration claimAfter) {
    private static final int LONGEST = 512;

    private static final Field<RedisAddress> URL =
            Field.required("url", RedisAddress.FORMS, RedisAddress::parse).secret();
    private static final Field<String> STREAM =
            Field.required("stream", "the key of a stream, 1 to " + LONGEST + " characters", RedisSource::key);
    private static final Field<String> GROUP =
            Field.optional("group", "grouppulse", "a name of 1 to " + LONGEST + " characters", RedisSource::key);
    private static final Field<String> CONSUMER =
            Field.optional("consumer", "", "a name of at most " + LONGEST + " characters", RedisSource::keyOrNone);
    private static final Field<Duration> CLAIM_AFTER = duration("claim_after", "30s", "1s", "1h");

    static final SectionKind<RedisSource> KIND =
            new SectionKind<>("sources.redis", List.of(URL, STREAM, GROUP, CONSUMER, CLAIM_AFTER), RedisSource::of);

    private static RedisSource of(Section section) {
        return new RedisSource(
                section.name(),
                section.get(URL),
                section.get(STREAM),
                section.get(GROUP),
                section.get(CONSUMER),
                section.get(CLAIM_AFTER));
    }

    private static String key(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new IllegalArgumentException("empty or too long");
        }
        return text;
    }

    private static String keyOrNone(String text) {
        return text.isEmpty() ? text : key(text);
    }

    private static Field<Duration> duration(String name, String defaultText, String min, String max) {
        Key<Duration> key = Key.duration(name, defaultText, min, max);
        Function<String, Duration> parser = key.parser();
        return Field.optional(name, defaultText, key.allowed(), parser);
    }
}
