package io.grouppulse.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.event.GroupRoster;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Tells a monitor's registry about groups, who is in them, and campaigns. */
final class Registrar {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MOST_TRIES = 8;
    private static final int AT_ONCE = 32;
    private static final String CAMPAIGNS = "/api/v1/campaigns/";

    private final HttpClient http;
    private final Door door;
    private final Backoff backoff;
    private final MonitorClient.Pause pause;

    Registrar(HttpClient http, Door door, Backoff backoff, MonitorClient.Pause pause) {
        this.http = http;
        this.door = door;
        this.backoff = backoff;
        this.pause = pause;
    }

    /**
     * Registers all groups, then all rosters, several at once.
     *
     * @throws CommandFailedException with the first refusal, after all were tried
     */
    void registerAll(List<GroupProfile> profiles, List<GroupRoster> rosters)
            throws CommandFailedException, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            runAll(pool, profiles.stream().map(profile -> task(() -> register(profile))));
            runAll(pool, rosters.stream().map(roster -> task(() -> register(roster))));
        } finally {
            pool.shutdownNow();
        }
    }

    private static void runAll(ExecutorService pool, Stream<Callable<Void>> tasks)
            throws CommandFailedException, InterruptedException {
        for (Future<Void> done : pool.invokeAll(tasks.toList())) {
            try {
                done.get();
            } catch (ExecutionException e) {
                Throwable cause = e.getCause();
                throw new CommandFailedException(cause == null ? "unknown" : String.valueOf(cause.getMessage()));
            }
        }
    }

    private static Callable<Void> task(Registration registration) {
        return () -> {
            registration.run();
            return null;
        };
    }

    /** One entry into the registry. */
    private interface Registration {
        void run() throws CommandFailedException, InterruptedException;
    }

    private void register(GroupProfile profile) throws CommandFailedException, InterruptedException {
        ObjectNode body = MAPPER.createObjectNode();
        body.put("name", profile.name()).put("capacity", profile.capacity()).put("owner", profile.owner());
        ArrayNode orgs = body.putArray("orgs");
        profile.orgs().forEach(orgs::add);
        ArrayNode tags = body.putArray("tags");
        profile.tags().forEach(tags::add);
        put(path(profile.group()), body);
    }

    private void register(GroupRoster roster) throws CommandFailedException, InterruptedException {
        ObjectNode body = MAPPER.createObjectNode();
        body.put("version", roster.version());
        ArrayNode members = body.putArray("members");
        for (GroupRoster.Entry entry : roster.members()) {
            members.addObject()
                    .put("id", entry.member())
                    .put("role", entry.role().wireName());
        }
        put(path(roster.group()) + "/roster", body);
    }

    /** Defines a campaign of everybody. */
    void register(DemoCampaign campaign) throws CommandFailedException, InterruptedException {
        ObjectNode body = MAPPER.createObjectNode();
        body.put("name", campaign.name())
                .put("org", "")
                .put("from", campaign.from())
                .put("to", campaign.to());
        if (campaign.compareTo() != null) {
            body.put("compareTo", campaign.compareTo());
        }
        body.putObject("targets").put("gmv", campaign.targetGmv()).put("orders", campaign.targetOrders());
        put(CAMPAIGNS + encoded(campaign.id()), body);
    }

    void removeCampaign(String id) throws CommandFailedException, InterruptedException {
        send(request(CAMPAIGNS + encoded(id)).DELETE().build());
    }

    private static String path(String group) {
        return "/api/v1/groups/" + encoded(group);
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private void put(String path, ObjectNode body) throws CommandFailedException, InterruptedException {
        send(request(path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body.toString()))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return door.request(path).timeout(TIMEOUT);
    }

    private void send(HttpRequest request) throws CommandFailedException, InterruptedException {
        String answer = "";
        for (int tries = 1; tries <= MOST_TRIES; tries++) {
            try {
                HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
                if (response.statusCode() < 300) {
                    return;
                }
                answer = "answered " + response.statusCode();
                if (response.statusCode() != 429 && response.statusCode() < 500) {
                    break;
                }
                pause.millis(backoff.millis(tries, response.headers()));
            } catch (IOException e) {
                answer = String.valueOf(e.getMessage());
                pause.millis(backoff.millis(tries));
            }
        }
        throw new CommandFailedException(request.method() + " " + request.uri() + ": " + answer);
    }
}
