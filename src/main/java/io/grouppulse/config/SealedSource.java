package io.grouppulse.config;

import java.util.Base64;
import java.util.List;

/**
 * An application of Tencent that calls back, signed and encrypted: WeCom, or a shop on 微信小店.
 *
 * @param token the callback's Token
 * @param aesKey the callback's EncodingAESKey, 43 characters
 * @param receiver the corp id, suite id or app id for which the callbacks must be meant
 */
public record SealedSource(String name, Secret token, Secret aesKey, String receiver) {
    private static final Field<Secret> TOKEN = Field.required(
                    "token", "the Token of the callback, 1 to 32 letters and digits", SealedSource::token)
            .secret();
    private static final Field<Secret> AES_KEY = Field.required(
                    "aes_key", "the EncodingAESKey of the callback, 43 letters and digits", SealedSource::aesKey)
            .secret();
    private static final Field<String> RECEIVER = Field.required(
            "receiver", "the corp id, suite id or app id that the callbacks are meant for", Field::notEmpty);

    static final SectionKind<SealedSource> WECOM = kind("sources.wecom");
    static final SectionKind<SealedSource> CHANNELS = kind("sources.channels");

    private static SectionKind<SealedSource> kind(String prefix) {
        return new SectionKind<>(prefix, List.of(TOKEN, AES_KEY, RECEIVER), SealedSource::of);
    }

    private static SealedSource of(Section section) {
        return new SealedSource(section.name(), section.get(TOKEN), section.get(AES_KEY), section.get(RECEIVER));
    }

    private static Secret token(String text) {
        if (!text.matches("[A-Za-z0-9]{1,32}")) {
            throw new IllegalArgumentException("not a token");
        }
        return new Secret(text);
    }

    private static Secret aesKey(String text) {
        if (text.length() != 43 || Base64.getDecoder().decode(text + "=").length != 32) {
            throw new IllegalArgumentException("not an AES key");
        }
        return new Secret(text);
    }
}
