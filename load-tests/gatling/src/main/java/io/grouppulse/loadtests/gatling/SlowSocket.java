package io.grouppulse.loadtests.gatling;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocketFactory;

/**
 * A screen that subscribes to every group as often as can be and then reads nothing. A plain socket, since Gatling's
 * WebSocket reads whatever comes.
 */
final class SlowSocket {
    private static final int SMALL_BUFFER = 4_096;

    /** Every subscription is answered with a snapshot: some megabytes, more than the operating systems keep on the way. */
    private static final int ROUNDS = 20;

    private static final int PATIENCE_MILLIS = 15_000;

    private final Socket socket;

    private SlowSocket(Socket socket) {
        this.socket = socket;
    }

    static SlowSocket open(Target target) {
        URI uri = target.uri();
        boolean tls = "https".equals(uri.getScheme());
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
        try {
            Socket plain = new Socket();
            plain.setReceiveBufferSize(SMALL_BUFFER);
            plain.connect(new InetSocketAddress(uri.getHost(), port));
            Socket socket = tls
                    ? ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, uri.getHost(), port, true)
                    : plain;
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            String authorization = target.token().isEmpty() ? "" : "Authorization: Bearer " + target.token() + "\r\n";
            out.write(("GET /feed HTTP/1.1\r\nHost: " + uri.getAuthority()
                            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: grouppulse.v1\r\n"
                            + authorization + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            skipHead(socket.getInputStream());
            for (int i = 0; i < ROUNDS * target.groups(); i++) {
                out.write(masked("{\"op\":\"subscribe\",\"topic\":\"group:" + target.group(i) + "\",\"every\":50}"));
            }
            return new SlowSocket(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void skipHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("refused: " + head);
            }
            head.append((char) octet);
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("refused: " + head);
        }
    }

    /** RFC 6455: a client's frame is masked; a mask of zeros leaves the text as it is. */
    private static byte[] masked(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > 125) {
            throw new IllegalArgumentException("too long: " + text);
        }
        byte[] frame = new byte[6 + utf8.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | utf8.length);
        System.arraycopy(utf8, 0, frame, 6, utf8.length);
        return frame;
    }

    /** Reads what the operating system still has, and then whether the server has ended the connection. */
    boolean isEnded() {
        byte[] buffer = new byte[64 << 10];
        try (Socket closing = socket) {
            InputStream in = closing.getInputStream();
            long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
            while (System.nanoTime() < until) {
                if (in.read(buffer) < 0) {
                    return true;
                }
            }
            return false;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // reset: the server cut it off with frames unread
        }
    }
}
