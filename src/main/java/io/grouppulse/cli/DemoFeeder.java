package io.grouppulse.cli;

import io.grouppulse.domain.simulate.SaleSimulator;
import io.grouppulse.domain.simulate.SimulationSettings;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Lets a simulated sale happen in a monitor, through its public door: registers the groups and the flash sales, fills in
 * the past minutes, then sends events as they happen. Works on a thread of its own from {@link #start} to {@link #close}.
 */
public final class DemoFeeder implements AutoCloseable {
    /** Three flash sales ago, so that the next one comes within seconds; short of the usual lateness. */
    private static final long PAST = 3 * SimulationSettings.COMPRESSED_FLASH_PERIOD;

    private static final long BEAT = 100;

    /** So much before a flash sale begins its campaign is registered. */
    private static final long ANNOUNCED = 60_000;

    private final SimulationSettings sale;
    private final Door door;
    private final PrintStream err;
    private final Clock clock;
    private final Backoff backoff;
    private final Batch batch = new Batch();
    private long lines;
    private @Nullable Thread thread;

    /**
     * @param sale its start is replaced by the time at which the feeder starts, less the past minutes
     * @param door of the monitor; a token needs the scopes admin, to register groups, and ingest
     * @param err told in one line when something goes wrong
     */
    public DemoFeeder(SimulationSettings sale, Door door, PrintStream err, Clock clock) {
        this.sale = sale;
        this.door = door;
        this.err = err;
        this.clock = clock;
        backoff = new Backoff(clock, new Random());
    }

    public synchronized void start() {
        Thread feeding = new Thread(this::feed, "demo-feeder");
        feeding.setDaemon(true);
        feeding.start();
        thread = feeding;
    }

    /** Asks the feeder to stop; a request on its way is cut short. */
    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void feed() {
        long now = clock.millis();
        SimulationSettings shifted = sale.startingAt(now - PAST);
        Registrar registrar = new Registrar(HttpClient.newHttpClient(), door, backoff, Thread::sleep);
        DemoCampaigns campaigns = new DemoCampaigns(shifted);
        try {
            register(shifted, now, registrar, campaigns);
            happen(new WireSale(shifted, Mistakes.FEW), registrar, campaigns);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (CommandFailedException e) {
            tell(e.getMessage());
        }
    }

    private void register(SimulationSettings shifted, long now, Registrar registrar, DemoCampaigns campaigns)
            throws InterruptedException {
        // Rosters hold from the moment they are registered, so they must know who came and went until then.
        SaleSimulator scout = new SaleSimulator(shifted);
        scout.advanceTo(now, simulated -> campaigns.learn(simulated.event()));
        try {
            registrar.registerAll(scout.profiles(), scout.rosters());
        } catch (CommandFailedException e) {
            tell(e.getMessage());
        }
    }

    private void announce(Registrar registrar, DemoCampaigns campaigns) throws InterruptedException {
        try {
            for (DemoCampaign campaign : campaigns.upTo(clock.millis() + ANNOUNCED)) {
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

    private void happen(WireSale wire, Registrar registrar, DemoCampaigns campaigns)
            throws CommandFailedException, InterruptedException {
        MonitorClient client =
                new MonitorClient(door, MonitorClient.Patience.ENDLESS, backoff, Thread::sleep, this::tell);
        while (!Thread.currentThread().isInterrupted()) {
            announce(registrar, campaigns);
            while (wire.hasNextBefore(clock.millis())) {
                add(wire.next(), client);
            }
            flush(client);
            Thread.sleep(BEAT);
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
