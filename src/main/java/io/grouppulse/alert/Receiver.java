package io.grouppulse.alert;

import io.grouppulse.domain.alert.AlertKind;
import io.grouppulse.domain.alert.Episode;
import io.grouppulse.domain.alert.Notification;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where notifications go, and which.
 *
 * @param secret with what they are signed, or null
 * @param orgs organisation nodes at or below which a subject must stand; empty for all
 * @param kinds the kinds that are told; empty for all
 */
public record Receiver(
        String name, Type type, URI url, @Nullable String secret, List<String> orgs, Set<AlertKind> kinds) {

    /** Who reads it. */
    public enum Type {
        JSON,
        ALERTMANAGER,
        WECOM,
        DINGTALK,
        FEISHU
    }

    public Receiver {
        orgs = List.copyOf(orgs);
        kinds = Set.copyOf(kinds);
    }

    boolean wants(Notification notification) {
        return wants(notification.episodes().get(0));
    }

    /** An alert on everything concerns every node. */
    boolean wants(Episode episode) {
        boolean kind = kinds.isEmpty() || kinds.contains(episode.key().kind());
        boolean org =
                orgs.isEmpty() || episode.orgs().isEmpty() || orgs.stream().anyMatch(episode::isUnder);
        return kind && org;
    }
}
