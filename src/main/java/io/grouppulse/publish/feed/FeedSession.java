package io.grouppulse.publish.feed;

import io.grouppulse.access.Access;
import io.grouppulse.access.Principal;
import io.grouppulse.access.Right;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a connection, asked again while it lasts: a credential that runs out, is revoked or says
 * something else now ends the connection with 4401. Belongs to the event loop of its connection.
 */
final class FeedSession {
    private static final int UNAUTHENTICATED = 4401;
    private static final int FORBIDDEN = 4403;
    private static final long FIRST_MESSAGE_MILLIS = 10_000;
    private static final long RECHECK_MILLIS = 30_000;

    private final Access access;
    private final FeedConnection connection;
    private final Vertx vertx;
    private final LongSupplier wallClock;
    private final Context context;
    private final Runnable onChange = this::onChangedCredentials;
    private @Nullable Principal principal;
    private String token = "";
    private long timer = -1;
    private boolean over;

    /** To be made on the event loop of the connection. */
    FeedSession(Access access, FeedConnection connection, Context context, LongSupplier wallClock) {
        this.access = access;
        this.connection = connection;
        this.context = context;
        this.vertx = context.owner();
        this.wallClock = wallClock;
    }

    /** @param given the token that came with the request, if any; without one it must come in the first message */
    void begin(@Nullable String given) {
        if (!access.isRequired()) {
            principal = Principal.LOCAL;
        } else if (given != null) {
            enter(given);
        } else {
            timer = vertx.setTimer(FIRST_MESSAGE_MILLIS, late -> end(UNAUTHENTICATED, "no credential came in time"));
        }
    }

    /** Takes a token: the first one, or a fresh one of the same reader. */
    void enter(String given) {
        if (over || !access.isRequired()) {
            return;
        }
        Principal now = access.verify(given);
        if (now == null) {
            end(UNAUTHENTICATED, "the credential is not valid");
        } else if (!now.has(Right.READ)) {
            end(FORBIDDEN, "the scope read is needed");
        } else if (principal != null && !isSame(principal, now)) {
            end(FORBIDDEN, "a connection keeps its reader");
        } else {
            principal = now;
            token = given;
            vertx.cancelTimer(timer);
            watch(now);
            access.watch(onChange);
        }
    }

    private void onChangedCredentials() {
        context.runOnContext(changed -> {
            Principal current = principal;
            if (!over && current != null) {
                vertx.cancelTimer(timer);
                recheck(current);
            }
        });
    }

    /** Who reads; null while nobody has said. Asking is the end for who has not. */
    @Nullable Principal reader() {
        if (principal == null) {
            end(UNAUTHENTICATED, "auth must be the first message");
        }
        return over ? null : principal;
    }

    private void watch(Principal current) {
        long left = current.expiresAt() - wallClock.getAsLong();
        timer = vertx.setTimer(Math.max(1, Math.min(left, RECHECK_MILLIS)), due -> recheck(current));
    }

    private void recheck(Principal current) {
        Principal now = access.verify(token);
        if (now == null || !isSame(current, now)) {
            end(UNAUTHENTICATED, "the credential is not valid any more");
        } else {
            watch(now);
        }
    }

    private static boolean isSame(Principal one, Principal other) {
        return one.name().equals(other.name())
                && one.rights().equals(other.rights())
                && one.orgs().equals(other.orgs());
    }

    private void end(int code, String reason) {
        if (!over) {
            connection.close(code, reason);
            close();
        }
    }

    /** The connection is gone. */
    void close() {
        over = true;
        token = "";
        access.unwatch(onChange);
        vertx.cancelTimer(timer);
    }
}
