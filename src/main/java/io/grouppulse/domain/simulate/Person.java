package io.grouppulse.domain.simulate;

import io.grouppulse.domain.event.Role;
import org.jspecify.annotations.Nullable;

/** Someone in a group; customers state no role, as real sources do. */
record Person(String id, @Nullable Role role) {
    static Person customer(int number) {
        return new Person("u" + number, null);
    }
}
