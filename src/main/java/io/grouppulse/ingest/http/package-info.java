/** Ingest and registry over HTTP. */
@NullMarked
package io.grouppulse.ingest.http;

import org.jspecify.annotations.NullMarked;
