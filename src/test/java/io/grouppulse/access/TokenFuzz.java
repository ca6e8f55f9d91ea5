package io.grouppulse.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.grouppulse.fuzz.ParserFuzz;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Credentials as they come with requests, and signed claims of any form: nothing but a principal or none. */
public final class TokenFuzz implements ParserFuzz {
    private final Access access =
            Access.open(new Access.Terms("", SignedTokens.SECRET, "", "", "", List.of()), System::currentTimeMillis);

    @Override
    public List<byte[]> seeds() {
        return List.of(
                SignedTokens.token("n", "read admin", List.of("a/1")).getBytes(ISO_8859_1),
                ("{\"sub\":\"n\",\"scope\":[\"read\"],\"orgs\":[\"a/1\",\"b\"],\"exp\":4102444800,\"nbf\":1,\"iss\":\"i\","
                                + "\"aud\":[\"x\"]}")
                        .getBytes(ISO_8859_1),
                "{\"scope\":\"ingest\",\"exp\":4102444800.5}".getBytes(ISO_8859_1));
    }

    @Override
    public void feed(byte[] input) {
        String text = new String(input, ISO_8859_1);
        Principal taken = access.verify(text);
        if (taken != null && !text.startsWith("ey")) {
            throw new AssertionError("taken without a signature");
        }
        access.verify(signed(text));
    }

    /** The input as claims that the issuer has signed. */
    private static String signed(String claims) {
        JsonObject header = new JsonObject().put("alg", "HS256");
        try {
            return SignedTokens.sign(header, new JsonObject(claims), SignedTokens.SECRET.getBytes(ISO_8859_1));
        } catch (RuntimeException e) {
            return "no claims";
        }
    }
}
