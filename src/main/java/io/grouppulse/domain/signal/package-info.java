/** What every measure shares: the columns, the windowed counters, the members, and the contract of a signal. */
@NullMarked
package io.grouppulse.domain.signal;

import org.jspecify.annotations.NullMarked;
