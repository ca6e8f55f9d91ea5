package io.grouppulse.ingest.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * How WeCom and other applications of Tencent sign and encrypt: SHA-1 over the sorted parts, AES-256 in CBC mode, and PKCS#7 padding to 32 bytes, which the
 * JDK's own padding does not know and is stripped here by hand. Thread-safe.
 */
public final class MessageSeal {
    private static final int AES_BLOCK = 16;
    private static final int PAD_BLOCK = 32;
    private static final int RANDOM = 16;
    private static final int HEAD = RANDOM + Integer.BYTES;

    private final String token;
    private final byte[] key;

    /** @param encodingAesKey 43 characters of Base64, the last = left out */
    public MessageSeal(String token, String encodingAesKey) {
        this.token = token;
        this.key = Base64.getDecoder().decode(encodingAesKey + "=");
    }

    /** @param receiver the id of the application for which it was encrypted */
    public record Message(String text, String receiver) {}

    /** Refuses a signature that only someone without the token can have made; takes the same time for any. */
    public void requireSignature(String signature, String timestamp, String nonce, String encrypted)
            throws RefusedCallback {
        byte[] expected = sign(timestamp, nonce, encrypted).getBytes(UTF_8);
        if (!MessageDigest.isEqual(expected, signature.getBytes(UTF_8))) {
            throw new RefusedCallback(RefusedCallback.Reason.BAD_SIGNATURE, "msg_signature is not that of the content");
        }
    }

    /** The signature in lower-case hex; {@code encrypted} is empty where only the address is signed. */
    public String sign(String timestamp, String nonce, String encrypted) {
        String[] parts = {token, timestamp, nonce, encrypted};
        Arrays.sort(parts);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest(String.join("", parts).getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no SHA-1", e);
        }
    }

    /** What a callback holds, after its signature, its time and its receiver were found right. */
    public Message open(CallbackRequest request, String encrypted, String receiver) throws RefusedCallback {
        String timestamp = request.needQuery("timestamp");
        requireSignature(request.needQuery("msg_signature"), timestamp, request.needQuery("nonce"), encrypted);
        request.requireFresh(timestamp);
        Message message = decrypt(encrypted);
        if (!message.receiver().equals(receiver)) {
            throw new RefusedCallback(RefusedCallback.Reason.WRONG_RECEIVER, "meant for another application");
        }
        return message;
    }

    /** @param encrypted Base64, its signature checked before */
    public Message decrypt(String encrypted) throws RefusedCallback {
        byte[] plain = plain(encrypted);
        int pad = plain[plain.length - 1] & 0xFF;
        int end = plain.length - pad;
        if (pad < 1 || pad > PAD_BLOCK || end < HEAD || !isPadded(plain, end)) {
            throw unreadable();
        }
        int length = ByteBuffer.wrap(plain, RANDOM, Integer.BYTES).getInt();
        if (length < 0 || length > end - HEAD) {
            throw unreadable();
        }
        return new Message(text(plain, HEAD, length), text(plain, HEAD + length, end - HEAD - length));
    }

    private byte[] plain(String encrypted) throws RefusedCallback {
        try {
            byte[] bytes = Base64.getDecoder().decode(encrypted);
            if (bytes.length < PAD_BLOCK || bytes.length % AES_BLOCK != 0) {
                throw unreadable();
            }
            Cipher aes = Cipher.getInstance("AES/CBC/NoPadding");
            aes.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(key, 0, AES_BLOCK));
            return aes.doFinal(bytes);
        } catch (IllegalArgumentException e) {
            throw unreadable();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES", e);
        }
    }

    private static boolean isPadded(byte[] plain, int end) {
        for (int i = end; i < plain.length; i++) {
            if ((plain[i] & 0xFF) != plain.length - end) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] bytes, int from, int length) throws RefusedCallback {
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw unreadable();
        }
    }

    private static RefusedCallback unreadable() {
        return new RefusedCallback(RefusedCallback.Reason.MALFORMED, "the content does not decrypt with this key");
    }
}
