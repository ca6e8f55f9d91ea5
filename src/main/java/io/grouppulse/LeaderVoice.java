package io.grouppulse;

import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.GroupPlaces;
import io.grouppulse.bus.Messages.Rolled;
import io.grouppulse.nodes.Carrier;
import io.grouppulse.nodes.NodeNews;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the leader's rooms tell everybody in their process goes to everybody on other nodes, too. To be used on one context. */
final class LeaderVoice {
    private final Vertx vertx;
    private final Carrier carrier;
    private final GroupPlaces places;
    private final Map<String, List<String>> toldPlaces = new HashMap<>();
    private final List<MessageConsumer<?>> consumers = new ArrayList<>();

    LeaderVoice(Vertx vertx, Carrier carrier, GroupPlaces places) {
        this.vertx = vertx;
        this.carrier = carrier;
        this.places = places;
    }

    void open() {
        EventBus bus = vertx.eventBus();
        for (String address : List.of(Feeds.TICKS, Feeds.ALERTED)) {
            consumers.add(bus.consumer(address, message -> announce(address, message)));
        }
        consumers.add(bus.<Rolled>consumer(Feeds.ROLLED, message -> {
            if (!isRemote(message)) {
                announcePlaces(message.body());
                announce(Feeds.ROLLED, message);
            }
        }));
        consumers.add(bus.<Object>consumer(
                NodeNews.ASK_PLACES,
                message -> message.reply(new NodeNews.Places(places.all(), Set.of()), Feeds.options())));
    }

    void shut() {
        consumers.forEach(MessageConsumer::unregister);
        consumers.clear();
        toldPlaces.clear();
    }

    private void announce(String address, Message<?> message) {
        if (!isRemote(message)) {
            carrier.publish(address, message.body());
        }
    }

    private static boolean isRemote(Message<?> message) {
        return message.headers().contains(Carrier.REMOTE);
    }

    private void announcePlaces(Rolled rolled) {
        Map<String, List<String>> moved = new HashMap<>();
        Set<String> gone = new HashSet<>();
        for (String group : rolled.groups()) {
            List<String> now = places.orgsOf(group);
            if (now.isEmpty()) {
                gone.add(group);
                toldPlaces.remove(group);
            } else if (!now.equals(toldPlaces.put(group, now))) {
                moved.put(group, now);
            }
        }
        if (!moved.isEmpty() || !gone.isEmpty()) {
            carrier.publish(NodeNews.PLACES, new NodeNews.Places(moved, gone));
        }
    }
}
