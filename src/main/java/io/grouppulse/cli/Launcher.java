package io.grouppulse.cli;

import io.grouppulse.config.Settings;
import io.grouppulse.domain.simulate.SimulationSettings;

/** Runs a monitor until it is told to stop; returns the exit code. */
public interface Launcher {

    int serve(Settings settings);

    /** Serves, and lets a simulated sale happen in it. */
    int demo(Settings settings, SimulationSettings sale);
}
