package io.grouppulse.access;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.grouppulse.http.BadInput;
import io.grouppulse.http.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file of static tokens, YAML or JSON: {@code tokens}, a list of {@code name}, {@code sha256} of the token in
 * hexadecimal or the {@code token} itself, {@code scopes}, and {@code orgs} where it is not for all.
 */
final class TokenFile {
    private static final int MAX_TOKENS = 10_000;
    private static final int MAX_BYTES = 8 * 1024 * 1024;
    private static final int SHORTEST = 16;
    private static final YAMLFactory YAML = new YAMLFactory();
    private static final JsonFactory JSON = new JsonFactory();

    private TokenFile() {}

    /** A token by its digest. */
    static final class Entry {
        private final byte[] digest;
        private final Principal principal;

        private Entry(byte[] digest, Principal principal) {
            this.digest = digest;
            this.principal = principal;
        }

        /** Takes as long whether or not it is. */
        boolean isOf(byte[] candidate) {
            return MessageDigest.isEqual(digest, candidate);
        }

        Principal principal() {
            return principal;
        }
    }

    /**
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it is not what it must be; the message holds nothing of a token
     */
    static List<Entry> read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IllegalArgumentException("auth.tokens: " + file + " is larger than " + MAX_BYTES + " bytes");
        }
        List<Entry> entries = new ArrayList<>();
        Set<String> digests = new HashSet<>();
        try {
            StrictJson.read(toJson(Files.readAllBytes(file)), (field, json) -> {
                if (!field.equals("tokens")) {
                    return false;
                }
                json.array(MAX_TOKENS, element -> {
                    Entry entry = new Draft().read(element);
                    if (!digests.add(HexFormat.of().formatHex(entry.digest))) {
                        throw element.fault("a list without a token given twice");
                    }
                    entries.add(entry);
                });
                return true;
            });
        } catch (BadInput e) {
            throw new IllegalArgumentException("auth.tokens: " + file + ": " + e.detail(), e);
        }
        return List.copyOf(entries);
    }

    /** Written over as it is read: aliases are not followed, so nothing grows. */
    private static byte[] toJson(byte[] yaml) throws BadInput {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try (JsonParser from = YAML.createParser(yaml);
                JsonGenerator to = JSON.createGenerator(json)) {
            from.nextToken();
            to.copyCurrentStructure(from);
        } catch (IOException | RuntimeException e) {
            // the parser's words would quote the file
            throw BadInput.malformed("neither YAML nor JSON");
        }
        return json.toByteArray();
    }

    /** One entry as far as it has been read. */
    private static final class Draft {
        private @Nullable String name;
        private byte @Nullable [] digest;
        private Set<Right> rights = Set.of();
        private Reach orgs = Reach.WHOLE;

        Entry read(StrictJson json) throws BadInput {
            json.object(this::readField);
            if (name == null || digest == null || rights.isEmpty()) {
                throw BadInput.missingField("tokens", "each token has a name, a sha256 or token, and scopes");
            }
            return new Entry(digest, new Principal(name, rights, orgs, Long.MAX_VALUE));
        }

        private boolean readField(String field, StrictJson json) throws BadInput {
            switch (field) {
                case "name" -> name = json.name(128);
                case "token" -> once(json, digestOf(json));
                case "sha256" -> once(json, parsed(json));
                case "scopes" -> rights = rights(json);
                case "orgs" -> orgs = reach(json);
                default -> {
                    return false;
                }
            }
            return true;
        }

        private void once(StrictJson json, byte[] read) throws BadInput {
            if (digest != null) {
                throw json.fault("the only one of token and sha256");
            }
            digest = read;
        }

        private static byte[] digestOf(StrictJson json) throws BadInput {
            String token = json.text();
            if (token == null || token.length() < SHORTEST || token.length() > Credentials.LONGEST) {
                throw json.fault("a string of at least " + SHORTEST + " characters");
            }
            return StaticTokens.sha256(token);
        }

        private static byte[] parsed(StrictJson json) throws BadInput {
            String hex = json.text();
            if (hex == null || !hex.matches("[0-9a-fA-F]{64}")) {
                throw json.fault("64 hexadecimal digits, in quotes");
            }
            return HexFormat.of().parseHex(hex);
        }

        private static Set<Right> rights(StrictJson json) throws BadInput {
            List<String> words = json.names(Right.values().length, 16);
            Set<Right> rights = Right.among(words);
            if (rights.size() != words.size() || words.isEmpty()) {
                throw json.fault("some of ingest, read, admin");
            }
            return rights;
        }

        private static Reach reach(StrictJson json) throws BadInput {
            try {
                return Reach.of(json.names(1_000, 519));
            } catch (IllegalArgumentException e) {
                throw json.fault("a list of organisation paths");
            }
        }
    }
}
