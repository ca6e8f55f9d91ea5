package io.grouppulse.eventlog.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grouppulse.eventlog.AppendListener;
import io.grouppulse.eventlog.Entries;
import io.grouppulse.redis.RedisAddress;
import io.grouppulse.testing.Ports;
import io.grouppulse.testing.RedisServer;
import io.vertx.core.Vertx;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisTlsTest {
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String PASSWORD = "javax.net.ssl.trustStorePassword";

    @TempDir
    Path directory;

    @Test
    void encryptedRedis_isUsed_whereItsCertificateIsTrusted_andNowhereElse() throws Exception {
        Vertx vertx = Vertx.vertx();
        SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
        int port = Ports.free();
        try (RedisServer redis = RedisServer.start(
                directory,
                "--tls-port",
                Integer.toString(port),
                "--tls-cert-file",
                certificate.certificatePath(),
                "--tls-key-file",
                certificate.privateKeyPath(),
                "--tls-auth-clients",
                "no")) {
            assertThat(redis.port()).isNotEqualTo(port);
            String address = "rediss://localhost:" + port;
            assertThatThrownBy(() -> open(vertx, address))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(address);

            trust(certificate);
            RedisStore store = open(vertx, address);
            Entries.await(store.log().append(List.of(Entries.entry(0, "a"))));
            Entries.await(store.close());
        } finally {
            System.clearProperty(TRUST_STORE);
            System.clearProperty(PASSWORD);
            certificate.delete();
            Entries.await(vertx.close());
        }
    }

    private static RedisStore open(Vertx vertx, String address) {
        return RedisStore.open(
                vertx,
                new RedisStoreSettings(RedisAddress.parse(address), 1, 0),
                "a",
                AppendListener.NONE,
                StoreListener.NONE);
    }

    private void trust(SelfSignedCertificate certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(Path.of(certificate.certificatePath()))) {
            trusted.setCertificateEntry(
                    "redis", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        Path file = directory.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            trusted.store(out, "changeit".toCharArray());
        }
        System.setProperty(TRUST_STORE, file.toString());
        System.setProperty(PASSWORD, "changeit");
    }
}
