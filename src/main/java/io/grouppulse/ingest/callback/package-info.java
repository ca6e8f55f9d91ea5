/**
 * The doors at which other systems call back: each proves who calls by its own signature, turns what it is told into
 * events, and answers only when they are durable.
 */
@NullMarked
package io.grouppulse.ingest.callback;

import org.jspecify.annotations.NullMarked;
