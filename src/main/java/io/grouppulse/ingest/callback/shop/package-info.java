/** Shops' callbacks: signed JSON about orders, mapped to events by pointers. */
@NullMarked
package io.grouppulse.ingest.callback.shop;

import org.jspecify.annotations.NullMarked;
