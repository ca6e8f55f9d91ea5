package io.grouppulse.ingest.http;

import io.grouppulse.access.Visibility;
import io.grouppulse.http.Reads;
import io.grouppulse.ingest.CampaignRegistry;
import io.grouppulse.ingest.Intake;
import io.grouppulse.ingest.Rejects;
import io.vertx.ext.web.Router;
import java.util.function.LongSupplier;

/**
 * All paths under which something comes in. Where handlers before these take their time, they have to pause the
 * request themselves. The server must leave bodies packed: it is set up without decompression.
 */
public final class IngestRoutes {
    private final IngestRoom room;
    private final RegistryHandler registry;

    /** @param clock the wall clock, epoch milliseconds */
    public IngestRoutes(
            IngestSettings settings,
            Intake intake,
            Rejects rejects,
            CampaignRegistry campaigns,
            LongSupplier clock,
            Visibility visibility) {
        this.room = new IngestRoom(settings, intake, rejects, clock, new HeldBytes(), visibility);
        this.registry = new RegistryHandler(intake, campaigns, clock);
    }

    public void mount(Router router) {
        router.post("/api/v1/events").handler(new EventsHandler(room));
        Reads.at(router, "/api/v1/rejects").handler(new RejectsHandler(room.intake(), room.rejects()));
        registry.mount(router);
        router.delete("/api/v1/members/:id").handler(new MemberHandler(room.intake(), room.rejects()));
    }

    /** How much of bodies is in memory now; a gauge. */
    public HeldBytes heldBytes() {
        return room.held();
    }
}
