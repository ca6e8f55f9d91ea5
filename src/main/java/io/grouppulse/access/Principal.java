package io.grouppulse.access;

import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks. Immutable; holds nothing of the credential itself.
 *
 * @param name of the credential: in the audit log, and the source of events that name none
 * @param expiresAt epoch milliseconds; {@link Long#MAX_VALUE} for never
 */
public record Principal(String name, Set<Right> rights, Reach orgs, long expiresAt) {
    /** Whoever asks where no credentials are asked for. */
    public static final Principal LOCAL = new Principal("api", Set.of(Right.values()), Reach.WHOLE, Long.MAX_VALUE);

    private static final String KEY = Principal.class.getName();

    public Principal {
        rights = Set.copyOf(rights);
    }

    public boolean has(Right right) {
        return rights.contains(right);
    }

    /** Ids are shown to administrators who have said who they are. */
    public View view() {
        return new View(orgs, has(Right.ADMIN) && !equals(LOCAL));
    }

    /** Who sent a request that has passed the gate. */
    public static Principal of(RoutingContext ctx) {
        @Nullable Principal known = ctx.get(KEY);
        return known == null ? LOCAL : known;
    }

    void attach(RoutingContext ctx) {
        ctx.put(KEY, this);
    }
}
