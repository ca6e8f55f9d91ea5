package io.grouppulse.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaticTokensTest {
    @TempDir
    private Path dir;

    private Path write(String text) throws IOException {
        return Files.writeString(dir.resolve("tokens.yaml"), text);
    }

    @Test
    void token_isKnownByItselfOrByItsDigest() throws IOException {
        String digest = HexFormat.of().formatHex(StaticTokens.sha256("the-token-of-the-screens"));
        StaticTokens tokens = StaticTokens.open(write("""
                        tokens:
                          - {name: shop, token: the-token-of-the-shop, scopes: [ingest], orgs: [a/1, b]}
                          - name: wall
                            sha256: '%s'
                            scopes: [read]
                        """.formatted(digest)));

        assertThat(tokens.verify("the-token-of-the-shop"))
                .isEqualTo(new Principal("shop", Set.of(Right.INGEST), Reach.of(List.of("a/1", "b")), Long.MAX_VALUE));
        assertThat(tokens.verify("the-token-of-the-screens"))
                .isEqualTo(new Principal("wall", Set.of(Right.READ), Reach.WHOLE, Long.MAX_VALUE));
        assertThat(tokens.verify(digest)).isNull();
        assertThat(tokens.verify("the-token-of-the-Shop")).isNull();
    }

    @Test
    void changedFile_isTakenOver_andABrokenOneIsNot() throws IOException {
        Path file = write("tokens: [{name: a, token: aaaaaaaaaaaaaaaa, scopes: [read]}]");
        StaticTokens tokens = StaticTokens.open(file);

        write("tokens: [{name: b, token: bbbbbbbbbbbbbbbb, scopes: [read]}]");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        tokens.refresh();
        assertThat(tokens.verify("aaaaaaaaaaaaaaaa")).as("revoked").isNull();
        assertThat(tokens.verify("bbbbbbbbbbbbbbbb")).isNotNull();

        write("tokens: [{name: c");
        Files.setLastModifiedTime(file, FileTime.fromMillis(2));
        tokens.refresh();
        assertThat(tokens.verify("bbbbbbbbbbbbbbbb")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tokens",
                "[]",
                "tokens: {}",
                "tokens: [hush-hush-hush-hush]",
                "tokens: [{name: a, scopes: [read]}]",
                "tokens: [{token: hush-hush-hush-hush, scopes: [read]}]",
                "tokens: [{name: a, token: hush-hush-hush-hush}]",
                "tokens: [{name: a, token: hush, scopes: [read]}]",
                "tokens: [{name: a, token: 12345678901234567890, scopes: [read]}]",
                "tokens: [{name: a, token: hush-hush-hush-hush, scopes: [root]}]",
                "tokens: [{name: a, token: hush-hush-hush-hush, scopes: []}]",
                "tokens: [{name: a, token: hush-hush-hush-hush, scopes: [read], orgs: [a//b]}]",
                "tokens: [{name: a, token: hush-hush-hush-hush, scopes: [read], orgs: a}]",
                "tokens: [{name: a, token: hush-hush-hush-hush, sha256: 'ab', scopes: [read]}]",
                "tokens: [{name: a, sha256: hush-hush-hush-hush, scopes: [read]}]",
                "tokens: [{name: a, name: b, token: hush-hush-hush-hush, scopes: [read]}]",
                "tokens: [{name: a, tokens: hush-hush-hush-hush, scopes: [read]}]",
                "tokens: [{name: a, token: hush-hush-hush-hush, scopes: [read]},"
                        + "{name: b, token: hush-hush-hush-hush, scopes: [read]}]",
                "a: &a [x]\ntokens: *a",
                "tokens: [{name: a, token: \"hush-hush-hush-hush",
            })
    void wrongFile_isRefusedWithoutTellingASecret(String text) throws IOException {
        Path file = write(text);

        assertThatThrownBy(() -> StaticTokens.open(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("auth.tokens: ")
                .hasMessageNotContaining("hush");
    }

    @Test
    void missingFile_isNamed() {
        assertThatThrownBy(() -> StaticTokens.open(dir.resolve("none.yaml"))).hasMessageContaining("none.yaml");
    }
}
