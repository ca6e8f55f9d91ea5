package io.grouppulse.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Ports for processes that are told where to listen, and listen there seconds later or again after a kill. Of tests that run
 * side by side each has some of its own, and none is one that the kernel gives to connections or to whoever asks for any:
 * else another could have it by then, or a client that looks for a server that is away could come to be connected with itself.
 */
public final class Ports {
    /** Ten thousand more, where a node of a Redis Cluster talks to the others, is below what the kernel gives away, too. */
    private static final int FIRST = 12_000;

    private static final int ROOM = 200;
    private static final int ROOMS = 50;

    private static @Nullable FileLock held;
    private static int first;
    private static int taken;

    private Ports() {}

    /** One of the loopback that nobody listens at. */
    public static int free() throws IOException {
        return free("127.0.0.1");
    }

    /** The same at another address. */
    public static synchronized int free(String host) throws IOException {
        if (held == null) {
            hold();
        }
        for (int tries = 0; tries < ROOM; tries++) {
            int port = first + taken++ % ROOM;
            if (isFree(host, port)) {
                return port;
            }
        }
        throw new IOException("no port from " + first + " on is free at " + host);
    }

    /** Until this process ends; the kernel gives it back then, however that is. */
    private static void hold() throws IOException {
        Path directory = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "grouppulse-ports"));
        for (int room = 0; room < ROOMS; room++) {
            FileLock lock = lock(directory.resolve(Integer.toString(room)));
            if (lock != null) {
                held = lock;
                first = FIRST + room * ROOM;
                return;
            }
        }
        throw new IOException("all ports for tests are taken: see " + directory);
    }

    /** Null if another process has it. */
    private static @Nullable FileLock lock(Path file) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (AccessDeniedException ofAnotherUser) {
            return null;
        }
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
        }
        return lock;
    }

    private static boolean isFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
