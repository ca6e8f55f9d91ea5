package io.grouppulse.domain.group;

/** How alive a group is. */
public enum ActivityState {
    LIVELY,
    NORMAL,
    DEAD
}
