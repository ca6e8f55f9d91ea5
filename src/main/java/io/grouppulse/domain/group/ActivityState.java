package io.grouppulse.domain.group;

/** How alive a group is. */
public enum ActivityState {
    /** Its members are active now. */
    LIVELY,
    /** As one would expect. */
    NORMAL,
    /** A gap as long as its present one has a probability below 10 %. */
    QUIET,
    /** Past the deadline by which it should have said something. */
    SILENT,
    /** Seven days without an interaction. */
    DEAD,
    /** Nothing can be said: its source is down. */
    UNKNOWN
}
