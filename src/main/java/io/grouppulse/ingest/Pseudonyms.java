package io.grouppulse.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grouppulse.domain.event.ChainPost;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.domain.event.GroupRoster;
import io.grouppulse.domain.event.MemberErasure;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Puts pseudonyms in the place of the ids of members, before anything is stored: HMAC-SHA256 under a key that never is,
 * cut to 128 bits. The same id always becomes the same pseudonym, so every measure is what it would have been; without
 * the key nobody can try ids until one fits. Thread-safe.
 */
public final class Pseudonyms {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "p.";
    private static final int BYTES = 16;
    private static final byte OF_MEMBER = 1;
    private static final byte OF_LINE = 2;
    private static final byte OF_KEY = 3;

    private final ThreadLocal<Mac> macs;

    /** @param key anything secret of at least 32 bytes */
    public Pseudonyms(String key) {
        SecretKeySpec secret = new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM);
        macs = ThreadLocal.withInitial(() -> mac(secret));
    }

    private static Mac mac(SecretKeySpec secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** The pseudonym of a member. */
    public String ofMember(String id) {
        return PREFIX + text(digest(OF_MEMBER, id.getBytes(UTF_8)));
    }

    /** By what a store knows the key again with which it was begun; tells nothing of the key. */
    public String fingerprint() {
        return text(digest(OF_KEY, new byte[0]));
    }

    /** The input as it may be stored. */
    public GroupInput hide(GroupInput input) {
        if (input instanceof GroupEvent event) {
            return hide(event);
        }
        if (input instanceof MemberErasure erasure) {
            return new MemberErasure(ofMember(erasure.member()), erasure.substitute());
        }
        return input instanceof GroupRoster roster ? hide(roster) : input;
    }

    private GroupEvent hide(GroupEvent event) {
        return event.withPeople(hidden(event.member()), hidden(event.inviter()), hidden(event.chain()));
    }

    private GroupRoster hide(GroupRoster roster) {
        return new GroupRoster(
                roster.group(),
                roster.ts(),
                roster.version(),
                roster.members().stream()
                        .map(entry -> new GroupRoster.Entry(ofMember(entry.member()), entry.role()))
                        .toList());
    }

    private @Nullable String hidden(@Nullable String member) {
        return member == null ? null : ofMember(member);
    }

    /** The lines of a list hold names: their hashes could be tried out as ids could. */
    private @Nullable ChainPost hidden(@Nullable ChainPost chain) {
        return chain == null
                ? null
                : new ChainPost(
                        hidden(chain.head()),
                        chain.lines().stream().map(this::hidden).toList());
    }

    private long hidden(long line) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(line).array();
        return ByteBuffer.wrap(digest(OF_LINE, bytes)).getLong();
    }

    private byte[] digest(byte kind, byte[] bytes) {
        Mac mac = macs.get();
        mac.update(kind);
        return Arrays.copyOf(mac.doFinal(bytes), BYTES);
    }

    private static String text(byte[] digest) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }
}
