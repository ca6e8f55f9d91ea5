package io.grouppulse.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/** Drops packets between addresses of the loopback with {@code iptables}, which only root may, until told to stop. */
final class PacketFilter implements AutoCloseable {
    private final Deque<List<String>> rules = new ArrayDeque<>();
    private final Thread atExit = new Thread(this::healAll, "packet filter at exit");

    PacketFilter() {
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Why partitions cannot be made here; empty if they can. */
    static String problem() {
        try {
            return run(List.of("iptables", "-w", "-n", "-L", "INPUT"));
        } catch (IOException e) {
            return "partitions need iptables and root: " + e.getMessage();
        }
    }

    /** Nothing passes between one address and the others, either way, from now on. */
    void cut(String host, Collection<String> others) throws IOException {
        for (String other : others) {
            drop(host, other);
            drop(other, host);
        }
    }

    /** Everything passes again. */
    synchronized void heal() throws IOException {
        while (!rules.isEmpty()) {
            check(command("-D", rules.peek()));
            rules.pop();
        }
    }

    private synchronized void drop(String from, String to) throws IOException {
        List<String> rule = List.of("INPUT", "-i", "lo", "-s", from, "-d", to, "-j", "DROP");
        check(command("-I", rule));
        rules.push(rule);
    }

    private static List<String> command(String action, List<String> rule) {
        List<String> command = new ArrayList<>(List.of("iptables", "-w", action));
        command.addAll(rule);
        return command;
    }

    private static void check(List<String> command) throws IOException {
        String problem = run(command);
        if (!problem.isEmpty()) {
            throw new IOException(problem);
        }
    }

    /** Empty if it worked. */
    private static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.onExit().join().exitValue() == 0 ? "" : "partitions need iptables and root: " + said.strip();
    }

    private void healAll() {
        try {
            heal();
        } catch (IOException e) {
            System.err.println("rules of the packet filter may be left: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        healAll();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
