package io.grouppulse.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.proc.SingleKeyJWSKeySelector;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signed tokens (JWT): HS256 with a shared secret, RS256 and ES256 with public keys. Each way takes its own algorithms
 * and keys alone, whatever a token says of itself; an unsigned token is none.
 */
final class JwtTokens implements Credentials {
    private static final int SHORTEST_SECRET = 32;
    /** The library leaves out what stands around a token and between the characters of its signature. */
    private static final Pattern WRITTEN = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private static final Set<JWSAlgorithm> PUBLIC = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

    private final @Nullable DefaultJWTProcessor<SecurityContext> shared;
    private final @Nullable DefaultJWTProcessor<SecurityContext> signed;
    private final @Nullable PublicKeys keys;
    private final LongSupplier wallClock;

    /**
     * What is accepted; an empty text stands for none.
     *
     * @param secret of HS256, at least 32 bytes
     * @param jwks where the public keys are
     * @param issuer what {@code iss} must be
     * @param audience what {@code aud} must hold
     */
    public record Terms(String secret, String jwks, String issuer, String audience) {
        boolean areGiven() {
            return !secret.isEmpty() || !jwks.isEmpty();
        }
    }

    /** @throws IllegalArgumentException if the terms cannot be used; the message holds no secret */
    JwtTokens(Terms terms, LongSupplier wallClock) {
        this.wallClock = wallClock;
        this.shared = terms.secret().isEmpty() ? null : processor(terms, secretOf(terms));
        this.keys = terms.jwks().isEmpty() ? null : new PublicKeys(terms.jwks());
        this.signed = keys == null ? null : processor(terms, keysOf(keys));
    }

    private static JWSKeySelector<SecurityContext> secretOf(Terms terms) {
        byte[] secret = terms.secret().getBytes(StandardCharsets.UTF_8);
        if (secret.length < SHORTEST_SECRET) {
            throw new IllegalArgumentException("auth.jwt.secret: expected at least " + SHORTEST_SECRET + " bytes");
        }
        return new SingleKeyJWSKeySelector<>(JWSAlgorithm.HS256, new SecretKeySpec(secret, "HmacSHA256"));
    }

    private static JWSKeySelector<SecurityContext> keysOf(PublicKeys keys) {
        return new JWSVerificationKeySelector<>(PUBLIC, (selector, context) -> selector.select(keys.keys()));
    }

    private static DefaultJWTProcessor<SecurityContext> processor(
            Terms terms, JWSKeySelector<SecurityContext> selector) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(selector);
        JWTClaimsSet.Builder exact = new JWTClaimsSet.Builder();
        if (!terms.issuer().isEmpty()) {
            exact.issuer(terms.issuer());
        }
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                terms.audience().isEmpty() ? null : terms.audience(), exact.build(), Set.of("exp")));
        return processor;
    }

    @Override
    public @Nullable Principal verify(String token) {
        if (!WRITTEN.matcher(token).matches()) {
            return null;
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            boolean symmetric = jwt.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256);
            DefaultJWTProcessor<SecurityContext> processor = symmetric ? shared : signed;
            return processor == null ? null : principal(processor.process(jwt, null));
        } catch (ParseException | BadJOSEException | JOSEException | IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public boolean refresh() {
        return keys != null && keys.refresh();
    }

    /** The verifier allows a minute between clocks; that a token is over is taken by the letter. */
    private @Nullable Principal principal(JWTClaimsSet claims) throws ParseException {
        if (claims.getExpirationTime() == null) {
            return null;
        }
        long expiresAt = claims.getExpirationTime().toInstant().toEpochMilli();
        if (expiresAt <= wallClock.getAsLong()) {
            return null;
        }
        String subject = claims.getSubject();
        String name = subject == null || subject.isBlank() || subject.length() > 128 ? "jwt" : subject;
        return new Principal(name, Right.among(words(claims.getClaim("scope"))), reach(claims), expiresAt);
    }

    /** Absent, all; whatever cannot be read as paths makes the token worthless. */
    private static Reach reach(JWTClaimsSet claims) throws ParseException {
        if (!claims.getClaims().containsKey("orgs")) {
            return Reach.WHOLE;
        }
        List<String> paths = claims.getStringListClaim("orgs");
        if (paths == null || paths.contains(null)) {
            throw new ParseException("orgs is a list of paths", 0);
        }
        return Reach.of(paths);
    }

    /** Words with spaces between them, as RFC 8693 has it, or a list. */
    private static List<String> words(@Nullable Object scope) {
        if (scope instanceof String text) {
            return Arrays.asList(text.split(" ", -1));
        }
        List<String> words = new ArrayList<>();
        if (scope instanceof List<?> list) {
            list.forEach(word -> words.add(String.valueOf(word)));
        }
        return words;
    }
}
