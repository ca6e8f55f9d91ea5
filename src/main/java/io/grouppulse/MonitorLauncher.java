package io.grouppulse;

import io.grouppulse.cli.DemoFeeder;
import io.grouppulse.cli.DemoTime;
import io.grouppulse.cli.Door;
import io.grouppulse.cli.Launcher;
import io.grouppulse.clock.MonitorClock;
import io.grouppulse.clock.StagedClock;
import io.grouppulse.config.Settings;
import io.grouppulse.domain.simulate.SimulationSettings;
import io.vertx.core.Future;
import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a monitor in this process until SIGTERM or SIGINT, and drains it then. */
final class MonitorLauncher implements Launcher {
    private static final int DRAIN_SECONDS = 9;

    private final PrintStream err;
    private volatile Runnable onTermination = () -> Runtime.getRuntime().halt(0);

    MonitorLauncher(PrintStream err) {
        this.err = err;
    }

    @Override
    public int serve(Settings settings) {
        return run(settings, Monitor.clockOf(settings), Monitor.Opening.NONE, () -> {});
    }

    @Override
    public int demo(Settings settings, SimulationSettings sale) {
        Clock wall = Clock.systemUTC();
        StagedClock clock = new StagedClock(sale.withPastAt(wall.millis()).startMillis(), Monitor.clockOf(settings));
        DemoFeeder feeder = new DemoFeeder(sale, timeOf(clock), err, wall);
        Monitor.Opening past = monitor -> {
            URI address = URI.create("http://127.0.0.1:" + monitor.port());
            err.println("GroupPulse tells the demo's past first, to be watched at " + address + "/");
            return Future.fromCompletionStage(feeder.start(new Door(address, monitor.demoToken())));
        };
        return run(settings, clock, past, feeder::close);
    }

    private static DemoTime timeOf(StagedClock clock) {
        return new DemoTime() {
            @Override
            public boolean begin() {
                return clock.begin();
            }

            @Override
            public void follow() {
                clock.follow();
            }
        };
    }

    private int run(Settings settings, MonitorClock clock, Monitor.Opening opening, Runnable stopCompanion) {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> onTermination.run(), "drain"));
        Monitor monitor;
        try {
            monitor = await(Monitor.start(settings, clock, new Watched(opening)));
        } catch (ExecutionException e) {
            onTermination = () -> {};
            err.println("grouppulse: " + reason(e));
            return 1;
        } catch (InterruptedException e) {
            onTermination = () -> {};
            Thread.currentThread().interrupt();
            return 1;
        }
        err.println("GroupPulse serves " + (settings.http().hasTls() ? "https" : "http") + "://"
                + shown(settings.http().host()) + ":" + monitor.port() + "/");
        onTermination = () -> drain(monitor, stopCompanion, stopped);
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    /** Until it serves, there are no events to be drained. */
    private final class Watched implements Monitor.Opening {
        private final Monitor.Opening opening;

        Watched(Monitor.Opening opening) {
            this.opening = opening;
        }

        @Override
        public Future<Void> play(Monitor monitor) {
            return opening.play(monitor);
        }

        @Override
        public void begins(Monitor monitor) {
            onTermination = () -> endUnstarted(monitor);
        }
    }

    private static void endUnstarted(Monitor monitor) {
        try {
            monitor.giveBack().toCompletionStage().toCompletableFuture().get(DRAIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Whatever it has taken is free when its lease has run out.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }

    /** Whatever happens the process ends in time; the exit code of a drain that worked is 0. */
    private void drain(Monitor monitor, Runnable stopCompanion, CountDownLatch stopped) {
        boolean clean = false;
        try {
            stopCompanion.run();
            monitor.close().toCompletionStage().toCompletableFuture().get(DRAIN_SECONDS, TimeUnit.SECONDS);
            clean = true;
        } catch (ExecutionException | TimeoutException e) {
            err.println("grouppulse: stopped without draining: " + reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
            Runtime.getRuntime().halt(clean ? 0 : 1);
        }
    }

    private static <T> T await(Future<T> future) throws ExecutionException, InterruptedException {
        return future.toCompletionStage().toCompletableFuture().get();
    }

    private static String reason(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null
                && (root.getMessage() == null
                        || root.getMessage().equals(root.getCause().toString()))) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private static String shown(String host) {
        return host.equals("127.0.0.1") ? "localhost" : host;
    }
}
