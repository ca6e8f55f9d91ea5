package io.grouppulse;

import io.grouppulse.access.Access;
import io.grouppulse.config.Settings;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.ingest.decode.TimeRule;
import io.grouppulse.ingest.http.IngestSettings;
import io.grouppulse.publish.feed.FeedSettings;
import io.vertx.core.net.PemKeyCertOptions;
import org.jspecify.annotations.Nullable;

/** What each room needs of the settings, in its own terms: no room knows the settings of the whole. */
final class RoomSettings {
    private RoomSettings() {}

    static GroupSettings ofGroups(Settings settings) {
        Settings.Memory memory = settings.memory();
        return new GroupSettings(
                settings.time().zone(),
                settings.time().windows(),
                settings.time().lateness().toMillis(),
                memory.dedupTtl().toMillis(),
                memory.conversionWindow().toMillis(),
                memory.attributionClick().toMillis(),
                memory.attributionView().toMillis(),
                memory.historyRetention().toMillis(),
                memory.ordersRetention().toMillis(),
                (int) memory.activityRetention().toDays());
    }

    static IngestSettings ofIngest(Settings.Ingest ingest, TimeRule timeRule) {
        IngestSettings defaults = IngestSettings.defaults(timeRule);
        return new IngestSettings(
                ingest.maxBodyBytes(),
                ingest.maxPendingBytes(),
                defaults.batchEvents(),
                defaults.batchBytes(),
                timeRule);
    }

    static FeedSettings ofFeed(Settings.Feed feed) {
        return new FeedSettings(
                feed.maxConnections(),
                feed.maxTopics(),
                feed.maxRate(),
                feed.maxFrameBytes(),
                feed.maxUnreadBytes(),
                feed.stallTimeout().toMillis());
    }

    static Access.Terms ofAccess(Settings.Auth auth) {
        return new Access.Terms(
                auth.tokens(), auth.secret(), auth.jwks(), auth.issuer(), auth.audience(), auth.origins());
    }

    static @Nullable PemKeyCertOptions ofTls(Settings.Http http) {
        return http.hasTls()
                ? new PemKeyCertOptions().addCertPath(http.certificate()).addKeyPath(http.key())
                : null;
    }
}
