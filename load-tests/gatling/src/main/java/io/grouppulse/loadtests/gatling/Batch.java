package io.grouppulse.loadtests.gatling;

import java.util.ArrayList;
import java.util.List;

/** The events of one request, and what they must add to the numbers once the server has acknowledged them. */
final class Batch {
    /** @param amount of a paid order in minor units; -1 for a message */
    record Event(long ts, String group, String member, long amount) {
        boolean isOrder() {
            return amount >= 0;
        }
    }

    private final String idPrefix;
    private final List<Event> events = new ArrayList<>();

    /** @param idPrefix makes the ids of its events unique */
    Batch(String idPrefix) {
        this.idPrefix = idPrefix;
    }

    Batch message(long ts, String group, String member) {
        events.add(new Event(ts, group, member, -1));
        return this;
    }

    Batch order(long ts, String group, String member, long amount) {
        events.add(new Event(ts, group, member, amount));
        return this;
    }

    List<Event> events() {
        return events;
    }

    int size() {
        return events.size();
    }

    /** As NDJSON. */
    String body() {
        StringBuilder lines = new StringBuilder(events.size() * 160);
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            String id = idPrefix + "-" + i;
            lines.append("{\"id\":\"").append(id).append("\",\"type\":\"");
            lines.append(event.isOrder() ? "order.paid" : "message.sent").append("\",\"ts\":").append(event.ts());
            lines.append(",\"group\":\"").append(event.group()).append("\",\"member\":\"").append(event.member());
            if (event.isOrder()) {
                lines.append("\",\"order\":\"").append(id).append("\",\"amount\":").append(event.amount()).append("}\n");
            } else {
                lines.append("\"}\n");
            }
        }
        return lines.toString();
    }
}
