@NullMarked
package io.grouppulse.ingest.redis;

import org.jspecify.annotations.NullMarked;
