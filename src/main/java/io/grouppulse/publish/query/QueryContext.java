package io.grouppulse.publish.query;

import io.grouppulse.access.Reach;
import io.grouppulse.access.Visibility;
import io.grouppulse.bus.Feeds;
import io.grouppulse.domain.people.RewardTier;
import io.grouppulse.ops.SourceLedger;
import io.grouppulse.publish.BoardReport;
import io.grouppulse.publish.Calendar;
import io.grouppulse.publish.CampaignPlan;
import io.grouppulse.publish.CampaignReport;
import io.grouppulse.publish.ReadingJson;
import io.grouppulse.publish.Shards;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the query handlers need of the rest.
 *
 * @param campaignsOf ids of the campaigns that concern an organisation node
 * @param plans the plan of a campaign, or null if there is none
 * @param historyRetention millis
 * @param zone of days
 * @param activityDays over how many days, T's own included, every event of a customer is remembered
 * @param rewards what inviters earn
 */
public record QueryContext(
        Vertx vertx,
        ReadingJson json,
        List<String> windows,
        SourceLedger ledger,
        LongSupplier wallClock,
        Shards shards,
        BoardReport boards,
        Calendar calendar,
        CampaignReport campaigns,
        Function<String, List<String>> campaignsOf,
        Visibility visibility,
        Function<String, @Nullable CampaignPlan> plans,
        long historyRetention,
        ZoneId zone,
        int activityDays,
        List<RewardTier> rewards) {
    public QueryContext {
        rewards = List.copyOf(rewards);
        windows = List.copyOf(windows);
    }

    /** Ids of the campaigns that concern a node, of those that the reader may see. */
    List<String> campaignsOf(String path, Reach reach) {
        return campaignsOf.apply(path).stream().filter(campaignsSeenBy(reach)).toList();
    }

    /** Which campaigns a reader may see. */
    Predicate<String> campaignsSeenBy(Reach reach) {
        return id -> visibility.mayReadCampaign(reach, id);
    }

    /** Asks the roll-up. */
    <A> Future<A> ask(Object question) {
        return vertx.eventBus().<A>request(Feeds.ASK, question, Feeds.options()).map(Message::body);
    }
}
