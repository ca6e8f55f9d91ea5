package io.grouppulse.domain.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something is wrong now.
 *
 * @param name what people call the subject, or null
 * @param orgs organisation paths of the subject; empty when it belongs to the whole organisation
 * @param owner who looks after the subject, or null
 * @param text what was expected and what was seen, one sentence without the subject
 */
public record Condition(
        AlertKey key,
        @Nullable String name,
        List<String> orgs,
        @Nullable String owner,
        String text) {
    public Condition {
        orgs = List.copyOf(orgs);
    }
}
