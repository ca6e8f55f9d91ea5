/** Bytes of producers into events: body splitting, field rules, CloudEvents. No Vert.x, no clock. */
@NullMarked
package io.grouppulse.ingest.decode;

import org.jspecify.annotations.NullMarked;
