package io.grouppulse.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.Deadline;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A client of the feed at one of its doors, which keeps every frame it hears. */
abstract class FeedListener {
    static final Duration LIMIT = Duration.ofSeconds(60);

    private final List<String> heard = new CopyOnWriteArrayList<>();

    final void hear(String frame) {
        heard.add(frame);
    }

    final void awaitFrame(Predicate<String> which) throws Exception {
        assertThat(Deadline.in(LIMIT).until(() -> heard.stream().anyMatch(which)))
                .as("the frame came; what came: %s", heard)
                .isTrue();
    }

    /** Whether it hears of all the topics before it ends. */
    final boolean hearsOf(Collection<String> topics) throws Exception {
        return Deadline.in(LIMIT).until(() -> !isOpen() || hasHeardOf(topics)) && hasHeardOf(topics);
    }

    private boolean hasHeardOf(Collection<String> topics) {
        return topics.stream().allMatch(topic -> heard.stream().anyMatch(frame -> isOf(topic, frame)));
    }

    static boolean isOf(String topic, String frame) {
        return frame.contains("\"topic\":\"" + topic + '"');
    }

    final int frames() {
        return heard.size();
    }

    /** The frames after the first so many. */
    final List<String> since(int first) {
        return List.copyOf(heard.subList(first, heard.size()));
    }

    abstract boolean isOpen();

    /** Waits until the server ends it for want of a credential. */
    abstract void awaitDismissal() throws Exception;

    abstract void hangUp() throws Exception;
}
