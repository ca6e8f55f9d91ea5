package io.grouppulse.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes bytes between its port and another one of this machine; cut off, it lets connections stand and passes nothing. */
public final class TcpProxy implements AutoCloseable {
    private final ServerSocket door;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean isCut;

    public TcpProxy(int target) throws IOException {
        this.target = target;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** As if packets were dropped: nobody is told. */
    public void cut() {
        isCut = true;
    }

    /** What stood meanwhile is ended: nothing that was dropped comes late. */
    public void heal() {
        sockets.forEach(TcpProxy::closeQuietly);
        isCut = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket from = door.accept();
                Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(from);
                sockets.add(to);
                start(() -> pass(from, to));
                start(() -> pass(to, from));
            }
        } catch (IOException closed) {
            sockets.forEach(TcpProxy::closeQuietly);
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] bytes = new byte[65_536];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int size = in.read(bytes); size >= 0; size = in.read(bytes)) {
                if (!isCut) {
                    out.write(bytes, 0, size);
                }
            }
        } catch (IOException ended) {
            // The other side is ended, too.
        } finally {
            closeQuietly(from);
            closeQuietly(to);
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "tcp proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone anyway.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        sockets.forEach(TcpProxy::closeQuietly);
    }
}
