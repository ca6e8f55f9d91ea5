package io.grouppulse.cli;

import io.grouppulse.config.Settings;
import io.grouppulse.domain.simulate.SimulationSettings;

/** For commands that launch nothing. */
record NoLauncher() implements Launcher {
    @Override
    public int serve(Settings settings) {
        throw new AssertionError("nothing to serve");
    }

    @Override
    public int demo(Settings settings, SimulationSettings sale) {
        throw new AssertionError("nothing to show");
    }
}
