package io.grouppulse.faults;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.laws.EventBodies;
import io.grouppulse.laws.EventBodies.Form;
import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.MonitorApi;
import io.grouppulse.testing.MonitorApi.Body;
import io.grouppulse.testing.RunningServer;
import io.grouppulse.testing.ServerOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Monitors with one store. Whoever sends does not know which of them serves: it asks one after another until one
 * answers, as a producer behind a load balancer does.
 */
final class Fleet implements AutoCloseable {
    private static final Duration SENDING_LIMIT = Duration.ofMinutes(3);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);
    private static final Duration HEALTH_LIMIT = Duration.ofSeconds(1);
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);

    private final ServerOptions options;
    private final List<RunningServer> monitors = new CopyOnWriteArrayList<>();
    private final Map<RunningServer, MonitorApi> apis = new ConcurrentHashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(HEALTH_LIMIT).build();
    private final Set<RunningServer> doubtful = ConcurrentHashMap.newKeySet();
    private final AtomicLong sentEvents = new AtomicLong();
    private volatile int lastGood;

    Fleet(ServerOptions options) {
        this.options = options;
    }

    /** Starts or stops monitors until there are so many; returns when each runs and one of them serves. */
    void scale(int size) throws Exception {
        while (monitors.size() < size) {
            RunningServer monitor = RunningServer.launched(options);
            apis.put(monitor, new MonitorApi(monitor.baseUrl(), ANSWER_LIMIT));
            monitors.add(monitor);
        }
        while (monitors.size() > size) {
            RunningServer monitor = monitors.remove(monitors.size() - 1);
            apis.remove(monitor);
            try {
                monitor.terminate(STOP_LIMIT);
            } finally {
                closeQuietly(monitor);
            }
        }
        awaitAll();
    }

    List<RunningServer> all() {
        return List.copyOf(monitors);
    }

    /** Those that say they are ready; a monitor that does not answer within a second is not. */
    List<RunningServer> ready() throws InterruptedException {
        List<RunningServer> ready = new ArrayList<>();
        for (RunningServer monitor : monitors) {
            if (monitor.isAlive() && status(monitor, "health/ready") == 200) {
                ready.add(monitor);
            }
        }
        return ready;
    }

    /** A monitor that serves; waits for one. */
    RunningServer serving() throws Exception {
        Deadline deadline = Deadline.in(START_LIMIT);
        while (true) {
            List<RunningServer> ready = ready();
            if (!ready.isEmpty()) {
                return ready.get(0);
            }
            if (deadline.isOver()) {
                throw new IllegalStateException("no monitor was ready within " + START_LIMIT + "\n" + said());
            }
            Deadline.pause(PAUSE);
        }
    }

    /** Starts those that have ended, and waits until all run and one serves. */
    void awaitAll() throws Exception {
        for (RunningServer monitor : monitors) {
            if (!Deadline.in(START_LIMIT).until(() -> isLive(monitor))) {
                throw new IllegalStateException(
                        "a monitor did not start within " + START_LIMIT + "\n" + monitor.said());
            }
        }
        serving();
    }

    private boolean isLive(RunningServer monitor) throws IOException, InterruptedException {
        if (!monitor.isAlive()) {
            monitor.launch();
        }
        return status(monitor, "health/live") == 200;
    }

    /**
     * Sends the same body to one monitor after another until one says that all of it is accepted. One that did not answer is
     * left out until it says that it lives, as load balancers do.
     */
    void send(List<GroupEvent> events, boolean untilApplied) throws Exception {
        Body body = EventBodies.body(events, Form.LINES);
        Deadline deadline = Deadline.in(SENDING_LIMIT);
        String last = "nobody answered";
        while (!deadline.isOver()) {
            List<RunningServer> now = List.copyOf(monitors);
            for (int i = 0; i < now.size(); i++) {
                int at = (lastGood + i) % now.size();
                MonitorApi api = apis.get(now.get(at));
                if (api == null || !now.get(at).isAlive() || isLeftOut(now.get(at))) {
                    continue;
                }
                try {
                    HttpResponse<byte[]> answer = api.sendOnce(body, untilApplied ? "?wait=applied" : "");
                    sentEvents.addAndGet(events.size());
                    last = answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8);
                    if (answer.statusCode() == 200 && last.contains("\"accepted\":" + events.size() + ",")) {
                        lastGood = at;
                        return;
                    }
                    if (answer.statusCode() != 503 && answer.statusCode() != 429) {
                        throw new IllegalStateException("events were answered with " + last);
                    }
                } catch (ConnectException nobody) {
                    last = nobody.toString();
                } catch (IOException unanswered) {
                    doubtful.add(now.get(at));
                    sentEvents.addAndGet(events.size());
                    last = unanswered.toString();
                }
            }
            Deadline.pause(BETWEEN_ATTEMPTS);
        }
        throw new IllegalStateException("events were not taken within " + SENDING_LIMIT + ": " + last + "\n" + said());
    }

    private boolean isLeftOut(RunningServer monitor) throws InterruptedException {
        if (doubtful.contains(monitor) && status(monitor, "health/live") == 200) {
            doubtful.remove(monitor);
        }
        return doubtful.contains(monitor);
    }

    /** Events sent so far, each as often as it was sent. */
    long sentEvents() {
        return sentEvents.get();
    }

    /** What each of them said since it was started. */
    String said() {
        StringBuilder said = new StringBuilder();
        for (RunningServer monitor : monitors) {
            said.append("--- ").append(monitor.baseUrl()).append('\n').append(monitor.said());
        }
        return said.toString();
    }

    private int status(RunningServer monitor, String path) throws InterruptedException {
        URI uri = monitor.baseUrl().resolve(path);
        try {
            return http.send(HttpRequest.newBuilder(uri).timeout(HEALTH_LIMIT).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException unanswered) {
            return 0;
        }
    }

    /** Ends all of them at once; never fails. */
    @Override
    public void close() {
        monitors.forEach(Fleet::closeQuietly);
    }

    private static void closeQuietly(RunningServer monitor) {
        try {
            monitor.close();
        } catch (RuntimeException e) {
            System.err.println("a monitor's files may be left: " + e.getMessage());
        }
    }
}
