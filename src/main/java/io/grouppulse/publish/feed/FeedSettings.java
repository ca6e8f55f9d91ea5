package io.grouppulse.publish.feed;

/**
 * Limits of the feed.
 *
 * @param connections most connections, WebSocket and SSE together
 * @param topics most topics a connection
 * @param frame most bytes in a client's frame
 * @param unread most bytes a client may leave unread before it is closed with 1013
 * @param stallMillis how long a client may read nothing before it is closed with 1013
 */
public record FeedSettings(int connections, int topics, int frame, long unread, long stallMillis) {}
