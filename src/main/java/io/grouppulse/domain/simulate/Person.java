package io.grouppulse.domain.simulate;

import io.grouppulse.domain.event.Role;
import org.jspecify.annotations.Nullable;

/**
 * Someone in a group; customers state no role, as real sources do.
 *
 * @param number of a customer, by which a group knows it; -1 for others
 */
record Person(String id, @Nullable Role role, int number) {
    static Person customer(int number) {
        return new Person("u" + number, null, number);
    }

    static Person ofCrew(String id, Role role) {
        return new Person(id, role, -1);
    }
}
