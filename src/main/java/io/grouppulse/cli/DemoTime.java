package io.grouppulse.cli;

/** T of the monitor in which a demo happens, so that its past happens in the past. */
public interface DemoTime {
    /** T follows the events of a past from now on; false, and it does not, if something has happened there already. */
    boolean begin();

    /** T follows the wall clock from now on. */
    void follow();
}
