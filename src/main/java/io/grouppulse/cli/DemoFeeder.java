package io.grouppulse.cli;

import io.grouppulse.domain.simulate.SaleSimulator;
import io.grouppulse.domain.simulate.SimulationSettings;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Lets a simulated sale happen in a monitor, through its public door: registers the groups, tells of the past at its own
 * time, then sends events as they happen. Works on a thread of its own from {@link #start} to {@link #close}.
 */
public final class DemoFeeder implements AutoCloseable {
    private static final long BEAT = 100;

    /** So much before a flash sale begins its campaign is registered. */
    private static final long ANNOUNCED = 60_000;

    /** So much of the past is told at a time, milliseconds. */
    private static final long STEP = 60_000;

    /** For so long before now the flash sales of the past are campaigns. */
    private static final long CAMPAIGNS_BEFORE = 2 * 86_400_000L;

    private final SimulationSettings sale;
    private final DemoTime time;
    private final PrintStream err;
    private final Clock clock;
    private final Backoff backoff;
    private final Batch batch = new Batch();
    private final CompletableFuture<Void> past = new CompletableFuture<>();
    private long lines;
    private @Nullable Thread thread;

    /**
     * @param sale its start is replaced by that of the past of the time at which the feeder starts
     * @param err told in one line when something goes wrong
     */
    public DemoFeeder(SimulationSettings sale, DemoTime time, PrintStream err, Clock clock) {
        this.sale = sale;
        this.time = time;
        this.err = err;
        this.clock = clock;
        backoff = new Backoff(clock, new Random());
    }

    /**
     * Completes when the past has been told; the present then goes on.
     *
     * @param door of the monitor; a token needs the scopes admin, to register groups, and ingest
     */
    public synchronized CompletionStage<Void> start(Door door) {
        Thread feeding = new Thread(() -> feed(door), "demo-feeder");
        feeding.setDaemon(true);
        feeding.start();
        thread = feeding;
        return past;
    }

    /** Asks the feeder to stop; a request on its way is cut short. */
    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void feed(Door door) {
        Registrar registrar = new Registrar(HttpClient.newHttpClient(), door, backoff, Thread::sleep);
        MonitorClient client =
                new MonitorClient(door, MonitorClient.Patience.ENDLESS, backoff, Thread::sleep, this::tell);
        try {
            if (time.begin()) {
                happenFromThePast(registrar, client);
            } else {
                happenFromThisHour(registrar, client);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (CommandFailedException e) {
            tell(e.getMessage());
        } finally {
            time.follow();
            past.complete(null);
        }
    }

    /** Into an empty monitor: who is in the groups is registered first, so that the past counts them. */
    private void happenFromThePast(Registrar registrar, MonitorClient client)
            throws CommandFailedException, InterruptedException {
        long now = clock.millis();
        SimulationSettings show = sale.withPastAt(now);
        DemoCampaigns campaigns = new DemoCampaigns(show, now - CAMPAIGNS_BEFORE);
        WireSale wire = new WireSale(show, Mistakes.FEW, campaigns::learn);
        register(new SaleSimulator(show), registrar);
        while (wire.now() + BEAT < clock.millis()) {
            long t = Math.min(wire.now() + STEP, clock.millis());
            announce(registrar, campaigns, t);
            addUntil(t, wire, client);
        }
        flush(client);
        time.follow();
        past.complete(null);
        happen(wire, registrar, client, campaigns);
    }

    /** Into a monitor that has a past, or whose T follows the events: the last flash sales are enough. */
    private void happenFromThisHour(Registrar registrar, MonitorClient client)
            throws CommandFailedException, InterruptedException {
        long now = clock.millis();
        SimulationSettings show = sale.underWayAt(now);
        DemoCampaigns campaigns = new DemoCampaigns(show, 0);
        // Rosters hold from the moment they are registered, so they must know who came and went until then.
        SaleSimulator scout = new SaleSimulator(show);
        scout.advanceTo(now, simulated -> campaigns.learn(simulated.event()));
        register(scout, registrar);
        past.complete(null);
        happen(new WireSale(show, Mistakes.FEW), registrar, client, campaigns);
    }

    private void register(SaleSimulator simulator, Registrar registrar) throws InterruptedException {
        try {
            registrar.registerAll(simulator.profiles(), simulator.rosters());
        } catch (CommandFailedException e) {
            tell(e.getMessage());
        }
    }

    private void announce(Registrar registrar, DemoCampaigns campaigns, long t) throws InterruptedException {
        try {
            for (DemoCampaign campaign : campaigns.upTo(t + ANNOUNCED)) {
                registrar.register(campaign);
            }
            String old = campaigns.takeOld();
            if (old != null) {
                registrar.removeCampaign(old);
            }
        } catch (CommandFailedException e) {
            tell(e.getMessage());
        }
    }

    private void happen(WireSale wire, Registrar registrar, MonitorClient client, DemoCampaigns campaigns)
            throws CommandFailedException, InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            announce(registrar, campaigns, clock.millis());
            addUntil(clock.millis(), wire, client);
            flush(client);
            Thread.sleep(BEAT);
        }
    }

    private void addUntil(long until, WireSale wire, MonitorClient client)
            throws CommandFailedException, InterruptedException {
        while (wire.hasNextBefore(until)) {
            add(wire.next(), client);
        }
    }

    private void add(byte[] line, MonitorClient client) throws CommandFailedException, InterruptedException {
        if (!batch.fits(line)) {
            flush(client);
        }
        lines++;
        batch.add(lines, line);
    }

    private void flush(MonitorClient client) throws CommandFailedException, InterruptedException {
        if (!batch.isEmpty()) {
            client.send(batch);
            batch.clear();
        }
    }

    private void tell(@Nullable String line) {
        err.println("demo: " + line);
    }
}
