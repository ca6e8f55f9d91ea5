/**
 * The fault list: real Redis servers and monitors as processes on the loopback, load with duplicates and shuffles, one
 * fault after another, and after each of them every measure of every group against a batch over what was acknowledged.
 * {@code load-tests/run faults} and {@code FaultListIT} run the same classes.
 */
@NullMarked
package io.grouppulse.faults;

import org.jspecify.annotations.NullMarked;
