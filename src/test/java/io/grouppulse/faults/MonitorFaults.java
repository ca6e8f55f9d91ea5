package io.grouppulse.faults;

import io.grouppulse.faults.Fault.Healing;
import io.grouppulse.faults.Fault.Injected;
import io.grouppulse.testing.RunningServer;

/** What happens to monitors. */
final class MonitorFaults {
    private MonitorFaults() {}

    static Injected kill(Scene scene) throws Exception {
        RunningServer monitor = scene.fleet().serving();
        long since = System.nanoTime();
        monitor.launch();
        return new Injected(since, Healing.NOTHING);
    }
}
