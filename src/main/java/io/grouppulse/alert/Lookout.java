package io.grouppulse.alert;

import io.grouppulse.bus.Messages.AskUneasy;
import io.grouppulse.bus.Messages.Uneasy;
import io.grouppulse.domain.alert.AlertKey;
import io.grouppulse.domain.alert.AlertKind;
import io.grouppulse.domain.alert.Condition;
import io.grouppulse.domain.alert.Episode;
import io.grouppulse.domain.alert.EpisodeBook;
import io.grouppulse.domain.alert.Observation;
import io.grouppulse.domain.alert.Persistence;
import io.grouppulse.domain.alert.SaleStanding;
import io.grouppulse.domain.alert.SeenTime;
import io.grouppulse.domain.alert.SilenceConditions;
import io.grouppulse.ops.SourceLedger.SourceHealth;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees what is wrong: groups, nodes, sources and sales together, as of one T. */
final class Lookout {
    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);
    private static final long SALES_PERIOD = 10_000;

    private final AlertSettings settings;
    private final Sales sales;
    private final SilenceConditions silence;
    private final SourceWatch sources;
    private final Persistence persistence;
    private @Nullable List<SaleStanding> standings = List.of();
    private long nextSales = Long.MIN_VALUE;

    Lookout(AlertSettings settings, Sales sales) {
        this.settings = settings;
        this.sales = sales;
        this.silence = new SilenceConditions(settings.zone());
        this.sources = new SourceWatch(new SeenTime(settings.zone()));
        this.persistence = new Persistence(settings.pending());
    }

    /** What there is to know of groups before looking: of those that are silent, and of what alerts are open on. */
    static AskUneasy question(EpisodeBook book) {
        Set<String> groups = new HashSet<>();
        Set<String> nodes = new HashSet<>();
        for (Episode episode : book.firing()) {
            AlertKey key = episode.key();
            if (key.kind() == AlertKind.GROUP_SILENT) {
                groups.add(key.subject());
            } else if (key.kind() == AlertKind.ORG_SILENT) {
                nodes.add(key.subject());
            }
        }
        return new AskUneasy(groups, nodes);
    }

    /** @param now wall clock millis */
    Future<Observation> look(Uneasy groups, Map<String, SourceHealth> health, EpisodeBook book, long now) {
        return standings(groups.asOf(), now).map(done -> seen(groups, health, book, now));
    }

    /** Sales are asked less often than the rest: each question goes to every shard. */
    private Future<Void> standings(long asOf, long now) {
        if (now < nextSales) {
            return Future.succeededFuture();
        }
        nextSales = now + SALES_PERIOD;
        return sales.running(asOf)
                .onSuccess(running -> standings = running)
                .<Void>mapEmpty()
                .recover(cause -> {
                    LOG.warn("how the sales stand could not be read: {}", cause.toString());
                    standings = null;
                    return Future.succeededFuture();
                });
    }

    private Observation seen(Uneasy groups, Map<String, SourceHealth> health, EpisodeBook book, long now) {
        Set<String> down = settings.watchSources() ? SourceWatch.down(health) : Set.of();
        Set<AlertKey> open = book.firing().stream().map(Episode::key).collect(Collectors.toSet());
        Observation silent = silence.observe(Hearing.of(groups), down, open, groups.asOf());
        List<Condition> conditions = new ArrayList<>();
        Set<AlertKey> unknown = new HashSet<>(silent.unknown());
        if (settings.watchSources()) {
            conditions.addAll(sources.conditions(health, now));
        }
        List<SaleStanding> known = standings;
        if (known != null) {
            for (SaleStanding standing : known) {
                Condition behind = standing.behind(settings.salePace());
                if (behind != null) {
                    conditions.add(behind);
                }
            }
        }
        for (AlertKey key : open) {
            boolean lostSource = key.kind() == AlertKind.SOURCE_DOWN && !health.containsKey(key.subject());
            boolean unreadSale = key.kind() == AlertKind.SALE_BEHIND && known == null;
            if (lostSource || unreadSale) {
                unknown.add(key);
            }
        }
        List<Condition> all = new ArrayList<>(persistence.lasting(conditions, open, now));
        all.addAll(silent.conditions());
        return new Observation(all, silent.inhibited(), unknown);
    }
}
