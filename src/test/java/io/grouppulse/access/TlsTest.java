package io.grouppulse.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grouppulse.testing.MonitorInProcess;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path dir;

    /** A certificate for this machine, made by the JDK's own tool, as PEM files. */
    private KeyStore certify() throws Exception {
        Path file = dir.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "monitor",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        writePem("cert.pem", "CERTIFICATE", keys.getCertificate("monitor").getEncoded());
        writePem("key.pem", "PRIVATE KEY", keys.getKey("monitor", PASSWORD).getEncoded());
        return keys;
    }

    private void writePem(String name, String kind, byte[] bytes) throws Exception {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(
                dir.resolve(name), "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
    }

    private MonitorInProcess start() throws Exception {
        return MonitorInProcess.start(
                dir.resolve("data"),
                Map.of(
                        "http.tls.cert", dir.resolve("cert.pem").toString(),
                        "http.tls.key", dir.resolve("key.pem").toString()));
    }

    private static HttpResponse<String> ask(int port, KeyStore trusted, String protocol) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {protocol});
        return HttpClient.newBuilder()
                .sslContext(context)
                .sslParameters(parameters)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/health/ready"))
                                .build(),
                        BodyHandlers.ofString());
    }

    @Test
    void pemFiles_turnOnTls_andNothingIsServedInTheClear() throws Exception {
        KeyStore keys = certify();
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("monitor", keys.getCertificate("monitor"));
        try (MonitorInProcess monitor = start()) {
            assertThat(ask(monitor.port(), trusted, "TLSv1.3").statusCode()).isEqualTo(200);
            assertThat(ask(monitor.port(), trusted, "TLSv1.2").statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> monitor.get("/health/live")).isInstanceOf(java.io.IOException.class);
        }
    }

    @Test
    void filesThatAreNoPem_endTheStart() throws Exception {
        Files.writeString(dir.resolve("cert.pem"), "no certificate");
        Files.writeString(dir.resolve("key.pem"), "\u0000");

        assertThatThrownBy(this::start).isNotNull();
    }
}
