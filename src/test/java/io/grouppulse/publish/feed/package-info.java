/** Tests of the feed's streams without a network. */
@NullMarked
package io.grouppulse.publish.feed;

import org.jspecify.annotations.NullMarked;
