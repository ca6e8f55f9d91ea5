/** The query API over HTTP. */
@NullMarked
package io.grouppulse.publish.query;

import org.jspecify.annotations.NullMarked;
