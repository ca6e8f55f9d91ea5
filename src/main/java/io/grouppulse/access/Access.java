package io.grouppulse.access;

import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns credentials into principals. Thread-safe; verifying never blocks. */
public final class Access {
    private static final Logger LOG = LoggerFactory.getLogger(Access.class);
    private static final long REFRESH_MILLIS = 10_000;
    private static final String BEARER = "bearer ";

    private final List<Credentials> credentials;
    private final Set<String> origins;
    private final Set<Runnable> watchers = ConcurrentHashMap.newKeySet();

    /**
     * How access is controlled; not at all when neither tokens nor a way to verify signed ones are given.
     *
     * @param tokens the file of static tokens, or empty
     * @param secret of HS256, or empty
     * @param jwks file or address of public keys, or empty
     * @param issuer what {@code iss} must be, or empty
     * @param audience what {@code aud} must hold, or empty
     * @param origins of which pages may read the feed besides the monitor's own
     */
    public record Terms(
            String tokens, String secret, String jwks, String issuer, String audience, List<String> origins) {
        public Terms {
            origins = List.copyOf(origins);
        }
    }

    private Access(List<Credentials> credentials, List<String> origins) {
        this.credentials = new CopyOnWriteArrayList<>(credentials);
        this.origins = Set.copyOf(origins);
    }

    /**
     * Reads what the terms name; blocks.
     *
     * @throws IllegalArgumentException if something cannot be used; the message is for the operator and holds no secret
     */
    public static Access open(Terms terms, LongSupplier wallClock) {
        List<Credentials> credentials = new ArrayList<>();
        if (!terms.tokens().isEmpty()) {
            credentials.add(StaticTokens.open(Path.of(terms.tokens())));
        }
        JwtTokens.Terms signed = new JwtTokens.Terms(terms.secret(), terms.jwks(), terms.issuer(), terms.audience());
        if (signed.areGiven()) {
            credentials.add(new JwtTokens(signed, wallClock));
        }
        return new Access(credentials, terms.origins());
    }

    /** Takes over changed tokens and keys, at once and every 10 s. */
    public void follow(Vertx vertx) {
        if (isRequired()) {
            refresh(vertx);
            vertx.setPeriodic(REFRESH_MILLIS, timer -> refresh(vertx));
        }
    }

    private void refresh(Vertx vertx) {
        vertx.executeBlocking(() -> {
                    boolean changed = false;
                    for (Credentials some : credentials) {
                        changed |= some.refresh();
                    }
                    return changed;
                })
                .onSuccess(changed -> {
                    if (changed) {
                        watchers.forEach(Runnable::run);
                    }
                })
                .onFailure(cause -> LOG.warn("credentials cannot be refreshed: {}", cause.toString()));
    }

    /** Has it called, on any thread, each time that tokens or keys have changed: what was valid may not be any more. */
    public void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    public void unwatch(Runnable watcher) {
        watchers.remove(watcher);
    }

    /** Whether anybody has to say who he is. */
    public boolean isRequired() {
        return !credentials.isEmpty();
    }

    /** A new token with which a part of this process comes to its own door; null where none is needed. */
    public @Nullable String ownToken(String name, Set<Right> rights) {
        if (!isRequired()) {
            return null;
        }
        OwnToken own = OwnToken.create(name, rights);
        credentials.add(own);
        return own.token();
    }

    /** Who a token stands for now; null if it is not valid. */
    public @Nullable Principal verify(String token) {
        if (token.isEmpty() || token.length() > Credentials.LONGEST) {
            return null;
        }
        for (Credentials some : credentials) {
            Principal principal = some.verify(token);
            if (principal != null) {
                return principal;
            }
        }
        return null;
    }

    /** The token of an Authorization header; null if there is none. */
    public static @Nullable String bearer(@Nullable String header) {
        return header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? header.substring(BEARER.length()).strip()
                : null;
    }

    /** Whether a page of this origin may read the feed. A browser says which page asks; a program says nothing. */
    public boolean allowsOrigin(@Nullable String origin, @Nullable String host) {
        if (origin == null || origins.contains(origin)) {
            return true;
        }
        try {
            String authority = URI.create(origin).getAuthority();
            return authority != null && authority.equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
