package io.grouppulse.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tokens for machines, from a file that is read again when it changes. Only their digests are kept. */
final class StaticTokens implements Credentials {
    private static final Logger LOG = LoggerFactory.getLogger(StaticTokens.class);

    private final Path file;
    private volatile List<TokenFile.Entry> entries;
    private @Nullable FileTime readAt;

    private StaticTokens(Path file, List<TokenFile.Entry> entries, FileTime readAt) {
        this.file = file;
        this.entries = entries;
        this.readAt = readAt;
    }

    /** @throws IllegalArgumentException if the file cannot be used; the message says why and holds no secret */
    static StaticTokens open(Path file) {
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            return new StaticTokens(file, TokenFile.read(file), changed);
        } catch (IOException e) {
            throw new IllegalArgumentException("auth.tokens: " + file + " cannot be read", e);
        }
    }

    /** Every entry is compared, each in the same time, so that time tells nothing of the tokens. */
    @Override
    public @Nullable Principal verify(String token) {
        byte[] digest = sha256(token);
        Principal found = null;
        for (TokenFile.Entry entry : entries) {
            if (entry.isOf(digest)) {
                found = entry.principal();
            }
        }
        return found;
    }

    @Override
    public synchronized boolean refresh() {
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            if (!changed.equals(readAt)) {
                entries = TokenFile.read(file);
                readAt = changed;
                LOG.info("read {} tokens again", entries.size());
                return true;
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("the tokens cannot be read again, the known ones stay in force: {}", e.getMessage());
        }
        return false;
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
