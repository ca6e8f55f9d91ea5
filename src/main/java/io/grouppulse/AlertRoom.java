package io.grouppulse;

import io.grouppulse.alert.AlertMeters;
import io.grouppulse.alert.AlertSettings;
import io.grouppulse.alert.AlertVerticle;
import io.grouppulse.alert.Receiver;
import io.grouppulse.config.Settings;
import io.grouppulse.config.Webhook;
import io.grouppulse.domain.alert.SaleStanding;
import io.grouppulse.ingest.Campaign;
import io.grouppulse.ops.SourceLedger;
import io.grouppulse.publish.CampaignReport;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.LongSupplier;

/** Puts the alert room together: its settings, and the sales it judges. */
final class AlertRoom {
    private AlertRoom() {}

    static AlertVerticle verticle(
            Settings settings,
            Store store,
            AlertMeters meters,
            SourceLedger ledger,
            CampaignReport campaigns,
            LongSupplier wallClock) {
        return new AlertVerticle(
                settingsOf(settings),
                store.alerts(),
                meters,
                ledger,
                asOf -> running(store, campaigns, asOf),
                wallClock);
    }

    private static Future<List<SaleStanding>> running(Store store, CampaignReport campaigns, long asOf) {
        List<Future<SaleStanding>> asked = store.campaigns().all().values().stream()
                .filter(campaign -> isRunning(campaign, asOf))
                .map(campaign -> campaigns.standing(campaign.id(), asOf))
                .toList();
        return Future.all(asked)
                .map(done -> asked.stream()
                        .map(Future::result)
                        .filter(Objects::nonNull)
                        .toList());
    }

    private static boolean isRunning(Campaign campaign, long asOf) {
        return campaign.from() <= asOf && asOf < campaign.to();
    }

    private static AlertSettings settingsOf(Settings settings) {
        return new AlertSettings(
                settings.webhooks().stream().map(AlertRoom::receiver).toList(),
                settings.alerts().groupWait().toMillis(),
                settings.alerts().pending().toMillis(),
                settings.alerts().salePace(),
                settings.alerts().mute(),
                settings.time().zone(),
                settings.time().clock() == Settings.ClockMode.SYSTEM);
    }

    private static Receiver receiver(Webhook webhook) {
        String secret = webhook.secret().text();
        return new Receiver(
                webhook.name(),
                Receiver.Type.valueOf(webhook.type().toUpperCase(Locale.ROOT)),
                webhook.url(),
                secret.isEmpty() ? null : secret,
                webhook.orgs(),
                webhook.kinds());
    }
}
