package io.grouppulse.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Calls back as WeCom does: encrypted to one receiver, and signed. */
public record WeComCaller(String token, String aesKey, String receiver) {
    public static final WeComCaller MAIN =
            new WeComCaller("QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7");

    /** The settings of a source of this kind and name. */
    public Map<String, String> settings(String kind, String name) {
        String section = "sources." + kind + "." + name + ".";
        return Map.of(section + "token", token, section + "aes_key", aesKey, section + "receiver", receiver);
    }

    public String encrypt(String message) {
        byte[] text = message.getBytes(UTF_8);
        byte[] to = receiver.getBytes(UTF_8);
        int length = 20 + text.length + to.length;
        byte[] plain = new byte[(length / 32 + 1) * 32];
        Arrays.fill(plain, (byte) (plain.length - length));
        ByteBuffer.wrap(plain)
                .put("0123456789abcdef".getBytes(UTF_8))
                .putInt(text.length)
                .put(text)
                .put(to);
        return Base64.getEncoder().encodeToString(encrypt(plain));
    }

    /** Encrypts bytes that are padded already. */
    public byte[] encrypt(byte[] padded) {
        try {
            byte[] key = Base64.getDecoder().decode(aesKey + "=");
            Cipher aes = Cipher.getInstance("AES/CBC/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(key, 0, 16));
            return aes.doFinal(padded);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String sign(String timestamp, String nonce, String encrypted) {
        String[] parts = {token, timestamp, nonce, encrypted};
        Arrays.sort(parts);
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1")
                            .digest(String.join("", parts).getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String envelope(String encrypted) {
        return "<xml><ToUserName><![CDATA[" + receiver + "]]></ToUserName><AgentID>1</AgentID><Encrypt><![CDATA["
                + encrypted + "]]></Encrypt></xml>";
    }

    /** The query of a callback, signed. */
    public String query(long seconds, String nonce, String encrypted) {
        return "?msg_signature=" + sign(Long.toString(seconds), nonce, encrypted) + "&timestamp=" + seconds + "&nonce="
                + nonce;
    }

    /** The query with which WeCom asks whether this is the right door. */
    public String question(long seconds, String nonce, String text) {
        String encrypted = encrypt(text);
        return query(seconds, nonce, encrypted) + "&echostr=" + URLEncoder.encode(encrypted, UTF_8);
    }

    /** A change of a chat's members. */
    public String change(String chat, String detail, long seconds, String last, String current, String... members) {
        StringBuilder items = new StringBuilder();
        for (String member : members) {
            items.append("<Item><![CDATA[").append(member).append("]]></Item>");
        }
        return "<xml><ToUserName><![CDATA[" + receiver + "]]></ToUserName><FromUserName>sys</FromUserName><CreateTime>"
                + seconds + "</CreateTime><MsgType>event</MsgType><Event>change_external_chat</Event><ChatId>" + chat
                + "</ChatId><ChangeType>update</ChangeType><UpdateDetail>" + detail
                + "</UpdateDetail><JoinScene>3</JoinScene><QuitScene>1</QuitScene><MemChangeCnt>" + members.length
                + "</MemChangeCnt><MemChangeList>" + items + "</MemChangeList><LastMemVer>" + last
                + "</LastMemVer><CurMemVer>" + current + "</CurMemVer></xml>";
    }
}
