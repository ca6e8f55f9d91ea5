package io.grouppulse.access;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A token of this process alone, made anew at each start: with it the canary and the demo come in by the front door. */
final class OwnToken implements Credentials {
    private final String token;
    private final byte[] digest;
    private final Principal principal;

    private OwnToken(String token, Principal principal) {
        this.principal = principal;
        this.token = token;
        this.digest = StaticTokens.sha256(token);
    }

    static OwnToken create(String name, Set<Right> rights) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return new OwnToken(
                Base64.getUrlEncoder().withoutPadding().encodeToString(random),
                new Principal(name, rights, Reach.WHOLE, Long.MAX_VALUE));
    }

    String token() {
        return token;
    }

    @Override
    public @Nullable Principal verify(String candidate) {
        return MessageDigest.isEqual(digest, StaticTokens.sha256(candidate)) ? principal : null;
    }

    @Override
    public boolean refresh() {
        return false; // nothing outside this process can change it
    }
}
