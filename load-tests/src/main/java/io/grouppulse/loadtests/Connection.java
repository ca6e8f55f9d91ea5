package io.grouppulse.loadtests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One HTTP connection kept alive, as cheap for this process as can be: the server is what is measured. */
final class Connection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Connection(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    record Answer(int status, String body) {
        /** How many events the server says it made durable. */
        int accepted() {
            int at = body.indexOf("\"accepted\":");
            if (at < 0) {
                throw new IllegalStateException("HTTP " + status + ": " + body);
            }
            int end = at + 11;
            while (Character.isDigit(body.charAt(end))) {
                end++;
            }
            return Integer.parseInt(body, at + 11, end, 10);
        }
    }

    Answer post(String path, byte[] body, int from, int length) throws IOException {
        return send("POST", path, "application/x-ndjson", body, from, length);
    }

    Answer send(String method, String path, String type, byte[] body, int from, int length) throws IOException {
        String head = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + type
                + "\r\nContent-Length: " + length + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(body, from, length);
        return answer();
    }

    private Answer answer() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream(256);
        for (int ended = 0; ended < 2; ) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("the server closed the connection");
            }
            head.write(octet);
            ended = octet == '\n' ? ended + 1 : octet == '\r' ? ended : 0;
        }
        String text = head.toString(StandardCharsets.US_ASCII);
        int status = Integer.parseInt(text, 9, 12, 10);
        String lower = text.toLowerCase(java.util.Locale.ROOT);
        int at = lower.indexOf("content-length:");
        int length = at < 0 ? 0 : Integer.parseInt(lower.substring(at + 15, lower.indexOf('\r', at)).trim());
        return new Answer(status, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
