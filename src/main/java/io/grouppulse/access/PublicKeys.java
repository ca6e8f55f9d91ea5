package io.grouppulse.access;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The public keys of whoever signs tokens: a JSON Web Key Set in a file or at an address, read again from time to time. */
final class PublicKeys {
    private static final Logger LOG = LoggerFactory.getLogger(PublicKeys.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 1024 * 1024;
    private static final Pattern ADDRESS =
            Pattern.compile("https://.+|http://(localhost|127\\.0\\.0\\.1|\\[::1])[:/].*");

    private final String location;
    private final Duration limit;
    private volatile JWKSet keys = new JWKSet();
    private String read = "";

    /**
     * @param location a path, or an address: {@code https}, or {@code http} on this machine
     * @throws IllegalArgumentException if it is neither, or a file that cannot be used
     */
    PublicKeys(String location) {
        this(location, LIMIT);
    }

    /** @param limit how long an address may take to connect, to begin its answer, and to end it */
    PublicKeys(String location, Duration limit) {
        this.location = location;
        this.limit = limit;
        if (location.contains("://")) {
            if (!ADDRESS.matcher(location).matches()) {
                throw new IllegalArgumentException("auth.jwt.jwks: expected a file or an https address");
            }
        } else {
            load();
        }
    }

    /** The keys as last read; none before an address has first answered. */
    JWKSet keys() {
        return keys;
    }

    /** Reads them again and says whether they are others; blocks. If that fails the known ones stay in force. */
    synchronized boolean refresh() {
        String before = read;
        try {
            load();
        } catch (IllegalArgumentException e) {
            LOG.warn("{}; the known keys stay in force", e.getMessage());
        }
        return !read.equals(before);
    }

    private void load() {
        try {
            String text = location.contains("://") ? fetch() : Files.readString(Path.of(location));
            keys = JWKSet.parse(text).toPublicJWKSet();
            read = text;
        } catch (IOException | ParseException e) {
            throw new IllegalArgumentException("auth.jwt.jwks: no key set can be read from " + location, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalArgumentException("auth.jwt.jwks: interrupted while reading " + location, e);
        }
    }

    private String fetch() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(limit).build();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(location)).timeout(limit).build();
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            // the limit of the request ends with the head: one that dribbles the body would keep revoked keys in force
            CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> close(body));
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (response.statusCode() != 200 || bytes.length > MAX_BYTES) {
                throw new IOException("answered " + response.statusCode());
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            LOG.debug("the body of a key set cannot be closed", e);
        }
    }
}
