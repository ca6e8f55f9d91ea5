/**
 * A seeded, realistic live sale: groups, people, chat, red packets, flash sales, orders and what goes wrong with them.
 * Settings come in, events in time order come out; the same settings give the same events on every machine.
 */
@NullMarked
package io.grouppulse.domain.simulate;

import org.jspecify.annotations.NullMarked;
