package io.grouppulse.publish.feed;

import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.Messages.AskGroups;
import io.grouppulse.bus.Messages.AskReadings;
import io.grouppulse.bus.Messages.Groups;
import io.grouppulse.bus.Messages.Readings;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.domain.org.OrgReading;
import io.grouppulse.ops.SourceLedger;
import io.grouppulse.publish.ReadingJson;
import io.grouppulse.publish.SourceJson;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads the states of topics from the roll-up. */
public final class FeedStates {
    private final ReadingJson json;
    private final SourceLedger ledger;
    private final LongSupplier wallClock;
    private final Function<String, List<String>> campaignsOf;

    /** @param campaignsOf ids of the campaigns that concern an organisation node */
    public FeedStates(
            ReadingJson json, SourceLedger ledger, LongSupplier wallClock, Function<String, List<String>> campaignsOf) {
        this.json = json;
        this.ledger = ledger;
        this.wallClock = wallClock;
        this.campaignsOf = campaignsOf;
    }

    /** States as of one T. */
    interface States {
        long asOf();

        /** The topic's state, or null if there is no such thing. */
        @Nullable JsonObject of(Topic topic);
    }

    Future<States> read(Vertx vertx, AskReadings ask, boolean withSources) {
        Future<Readings> readings = vertx.eventBus()
                .<Readings>request(Feeds.ASK, ask, Feeds.options())
                .map(message -> message.body());
        if (!withSources) {
            return readings.map(answer -> states(answer, List.of()));
        }
        return readings.compose(answer -> vertx.eventBus()
                .<Groups>request(Feeds.ASK, new AskGroups(OrgGraph.ROOT), Feeds.options())
                .map(message -> states(answer, message.body().groups())));
    }

    private States states(Readings readings, List<GroupReading> allGroups) {
        return new States() {
            @Override
            public long asOf() {
                return readings.asOf();
            }

            @Override
            public @Nullable JsonObject of(Topic topic) {
                return switch (topic.kind()) {
                    case ORG -> org(readings, topic.name());
                    case GROUP -> group(readings, topic.name());
                    case SOURCES -> sources(allGroups);
                    case ORDERS -> null;
                };
            }
        };
    }

    private @Nullable JsonObject org(Readings readings, String path) {
        OrgReading reading = readings.orgs().get(path);
        if (reading == null) {
            return null;
        }
        JsonObject state = json.org(reading, campaignsOf.apply(path), readings.asOf())
                .put("childOrgs", new JsonArray(reading.children()));
        return path.equals(OrgGraph.ROOT)
                ? state.put("unattributed", json.unattributed(readings.unattributed()))
                : state;
    }

    private @Nullable JsonObject group(Readings readings, String id) {
        GroupReading reading = readings.groups().get(id);
        return reading == null ? null : json.group(reading, readings.asOf());
    }

    private JsonObject sources(List<GroupReading> groups) {
        JsonObject items = new JsonObject();
        SourceJson.sources(groups, ledger.read(wallClock.getAsLong())).forEach(items::put);
        return new JsonObject().put("items", items);
    }
}
