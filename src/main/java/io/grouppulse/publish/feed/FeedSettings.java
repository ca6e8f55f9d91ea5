package io.grouppulse.publish.feed;

/**
 * Limits of the feed.
 *
 * @param connections most connections, WebSocket and SSE together
 * @param topics most topics a connection
 * @param rate most frames a second from a client, and as many at once, before it is closed with 1008
 * @param frame most bytes in a client's frame
 * @param unread most bytes a client may leave unread before it is closed with 1013
 * @param stallMillis how long a client may read nothing before it is closed with 1013
 */
public record FeedSettings(int connections, int topics, int rate, int frame, long unread, long stallMillis) {}
