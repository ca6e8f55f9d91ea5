package io.grouppulse.faults;

import io.grouppulse.faults.RedisSite.Kind;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What is done to a run, one at a time. */
enum Fault {
    MONITOR_KILL("kill -9 of a monitor, started again at once", MonitorFaults::kill);

    private final String title;
    private final Injection injection;
    private final Set<Kind> sites;

    Fault(String title, Injection injection) {
        this(title, injection, EnumSet.allOf(Kind.class));
    }

    Fault(String title, Injection injection, Set<Kind> sites) {
        this.title = title;
        this.injection = injection;
        this.sites = sites;
    }

    /** Does the harm while events are sent, and returns once a recovery can be waited for. */
    interface Injection {
        Injected into(Scene scene) throws Exception;
    }

    /** Undoes what the fault left behind. */
    interface Healing {
        Healing NOTHING = () -> {};

        void heal() throws Exception;
    }

    /**
     * A fault that has happened.
     *
     * @param since from when on its recovery is timed, in {@link System#nanoTime}: of a kill or a cut, when it was done; of what
     *     ends by itself, when it ended
     * @param healing to be done once the numbers are right again
     */
    record Injected(long since, Healing healing) {}

    Injected inject(Scene scene) throws Exception {
        return injection.into(scene);
    }

    boolean isFor(Kind site) {
        return sites.contains(site);
    }

    String title() {
        return title;
    }

    /** The name that the command line takes, such as {@code monitor-kill}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
