package io.grouppulse.faults;

import io.grouppulse.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** One server, on a disk of its own where a disk can be made. */
final class OneRedis extends RedisSite {
    private static final String DISK = "512m";

    private final RedisServer server;
    private final Path disk;

    private final Thread atExit = new Thread(this::unmount, "unmount at exit");

    private OneRedis(RedisServer server, Path disk) {
        this.server = server;
        this.disk = disk;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    static OneRedis start(Path directory, Addresses addresses, Setup setup) throws Exception {
        Path disk = Files.createDirectories(directory.resolve("disk"));
        run("mount", "-t", "tmpfs", "-o", "size=" + DISK, "grouppulse-faults", disk.toString());
        return new OneRedis(RedisServer.startAt(addresses.next(), disk, setup.options()), disk);
    }

    /** Why no disk can be made that is small enough to be filled; empty if one can. */
    static String diskProblem(Path directory) throws IOException {
        Path disk = Files.createDirectories(directory.resolve("trial"));
        if (!run("mount", "-t", "tmpfs", "-o", "size=1m", "grouppulse-faults", disk.toString())) {
            return "a full disk needs root and the right to mount";
        }
        run("umount", disk.toString());
        return "";
    }

    private static boolean run(String... command) throws IOException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .onExit()
                        .join()
                        .exitValue()
                == 0;
    }

    @Override
    public void close() {
        super.close();
        unmount();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void unmount() {
        try {
            run("umount", "-l", disk.toString());
        } catch (IOException e) {
            System.err.println("still mounted: " + disk + ": " + e.getMessage());
        }
    }

    @Override
    String store() {
        return server.address();
    }

    @Override
    String ack() {
        return "log";
    }

    @Override
    List<RedisServer> servers() {
        return List.of(server);
    }

    @Override
    List<RedisServer> sentinels() {
        return List.of();
    }

    @Override
    RedisServer master(SplittableRandom random) {
        return server;
    }

    @Override
    List<RedisServer> replicasOf(RedisServer master) {
        return List.of();
    }

    @Override
    void failOverByHand(RedisServer master) {
        throw new UnsupportedOperationException("one server has no other one to fail over to");
    }

    @Override
    boolean isWhole() throws Exception {
        return server.command("PING").contains("PONG");
    }
}
