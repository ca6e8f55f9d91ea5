/** The live feed: topics, streams of frames, connections by WebSocket and Server-Sent Events. */
@NullMarked
package io.grouppulse.publish.feed;

import org.jspecify.annotations.NullMarked;
