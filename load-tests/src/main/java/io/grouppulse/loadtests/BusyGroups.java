package io.grouppulse.loadtests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** Groups in every one of which something happens each second: a message, or in some of them a paid order. */
final class BusyGroups extends Thread implements AutoCloseable {
    private static final int STORES = 200;
    private static final int CITIES = 20;
    private static final int PARTS_A_SECOND = 10;
    private static final long PART_NANOS = 1_000_000_000L / PARTS_A_SECOND;
    private static final int MEMBERS = 100;

    private final SplittableRandom random = new SplittableRandom(5);
    private final Connection connection;
    private final int groups;
    private volatile int ordersPerSecond;
    private volatile boolean ended;
    private volatile IOException failure;
    private long told;

    /** Registers the groups by store and city, and begins. */
    BusyGroups(int port, int groups, int ordersPerSecond) throws IOException {
        super("busy groups");
        this.groups = groups;
        this.ordersPerSecond = ordersPerSecond;
        connection = new Connection(port);
        for (int group = 0; group < groups; group++) {
            int store = group % STORES;
            put("/api/v1/groups/busy-" + group, "{\"name\":\"店%d福利%d群\",\"orgs\":[\"chain/city-%d/store-%d\"],\"capacity\":200}"
                    .formatted(store, group, store % CITIES, store));
        }
        setDaemon(true);
        start();
    }

    /** Plans a campaign of all groups. */
    void plan(String id, long from, long to, int orders, String compareTo) throws IOException {
        String compared = compareTo == null ? "" : ",\"compareTo\":\"" + compareTo + "\"";
        put("/api/v1/campaigns/" + id, "{\"name\":\"%s\",\"org\":\"chain\",\"from\":%d,\"to\":%d,\"targets\":{\"orders\":%d}%s}"
                .formatted(id, from, to, orders, compared));
    }

    private synchronized void put(String path, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        Connection.Answer answer = connection.send("PUT", path, "application/json", body, 0, body.length);
        if (answer.status() >= 300) {
            throw new IOException("HTTP " + answer.status() + ": " + answer.body());
        }
    }

    void orders(int perSecond) {
        ordersPerSecond = perSecond;
    }

    /** Fails if the server did not take all that was sent. */
    void assertHealthy() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void run() {
        long due = System.nanoTime();
        for (int part = 0; !ended && failure == null; part = (part + 1) % PARTS_A_SECOND) {
            try {
                post(body(part));
            } catch (IOException e) {
                failure = e;
            }
            due += PART_NANOS;
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    private synchronized void post(byte[] body) throws IOException {
        Connection.Answer answer = connection.post("/api/v1/events", body, 0, body.length);
        if (answer.status() != 200) {
            throw new IOException("HTTP " + answer.status() + ": " + answer.body());
        }
    }

    private byte[] body(int part) {
        StringBuilder lines = new StringBuilder(200 * groups / PARTS_A_SECOND);
        long now = System.currentTimeMillis();
        for (int group = part; group < groups; group += PARTS_A_SECOND) {
            addLine(lines, now, "message.sent", group, "");
        }
        int orders = ordersPerSecond * (part + 1) / PARTS_A_SECOND - ordersPerSecond * part / PARTS_A_SECOND;
        for (int i = 0; i < orders; i++) {
            String order = "\"order\":\"o-%d\",\"amount\":%d,\"item\":\"sku-%d\","
                    .formatted(told, 990 + random.nextInt(20_000), 1_000 + random.nextInt(30));
            addLine(lines, now, "order.paid", random.nextInt(groups), order);
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void addLine(StringBuilder lines, long ts, String type, int group, String rest) {
        lines.append("{\"id\":\"b-").append(told++).append("\",\"type\":\"").append(type).append("\",\"ts\":").append(ts);
        lines.append(",\"group\":\"busy-").append(group).append("\",").append(rest);
        lines.append("\"member\":\"m-").append(group).append('-').append(random.nextInt(MEMBERS)).append("\"}\n");
    }

    @Override
    public void close() throws IOException {
        ended = true;
        try {
            join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }
}
