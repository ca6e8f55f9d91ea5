package io.grouppulse.domain.alert;

import org.jspecify.annotations.Nullable;

/** What people read in a chat. */
final class AlertText {
    private static final int MOST_LINES = 10;

    private AlertText() {}

    static String of(Notification notification) {
        StringBuilder text = new StringBuilder(headline(notification));
        int lines = Math.min(MOST_LINES, notification.episodes().size());
        for (Episode episode : notification.episodes().subList(0, lines)) {
            text.append('\n').append(line(episode));
        }
        if (notification.count() > lines) {
            text.append("\nand ").append(notification.count() - lines).append(" more");
        }
        return text.toString();
    }

    private static String headline(Notification notification) {
        String place = notification.org().isEmpty() ? "" : " in " + notification.org();
        String state = notification.transition() == Notification.Transition.FIRING ? "[FIRING] " : "[RESOLVED] ";
        return state + subjects(notification.kind(), notification.count()) + place;
    }

    private static String subjects(AlertKind kind, int count) {
        return switch (kind) {
            case GROUP_SILENT -> count == 1 ? "a group is silent" : count + " groups are silent";
            case ORG_SILENT -> "all groups are silent";
            case SOURCE_DOWN -> count == 1 ? "a source is down" : count + " sources are down";
            case SALE_BEHIND -> count == 1 ? "a sale is behind" : count + " sales are behind";
        };
    }

    private static String line(Episode episode) {
        String owner = episode.owner() == null ? "" : " (owner " + episode.owner() + ")";
        return subject(episode.key().subject(), episode.name()) + owner + ": " + episode.text();
    }

    private static String subject(String id, @Nullable String name) {
        if (id.isEmpty()) {
            return "the whole organisation";
        }
        return name == null ? id : name + " [" + id + "]";
    }
}
