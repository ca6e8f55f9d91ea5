package io.grouppulse.cli;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Hands bodies of events to a monitor, one after the other, each until it is answered: a body is sent again after
 * refusals and broken connections, which is harmless because events are known by their ids.
 */
final class MonitorClient {
    private static final String EVENTS = "/api/v1/events";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final Door door;
    private final Patience patience;
    private final Backoff backoff;
    private final Pause pause;
    private final Consumer<String> notices;

    /**
     * How often to try before giving up.
     *
     * @param failures tries in a row that broke or could not connect
     * @param refusals answers in a row of 429 or 503
     */
    record Patience(int failures, int refusals) {
        static final Patience USUAL = new Patience(9, 300);
        static final Patience ENDLESS = new Patience(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** Waits. */
    interface Pause {
        void millis(long millis) throws InterruptedException;
    }

    /** @param notices told once when an outage begins */
    MonitorClient(Door door, Patience patience, Backoff backoff, Pause pause, Consumer<String> notices) {
        this.door = door;
        this.patience = patience;
        this.backoff = backoff;
        this.pause = pause;
        this.notices = notices;
    }

    /** @throws CommandFailedException if the monitor cannot be reached or will not have any such body */
    Answer send(Batch batch) throws CommandFailedException, InterruptedException {
        return send(batch, 0, batch.lines());
    }

    private Answer send(Batch batch, int from, int to) throws CommandFailedException, InterruptedException {
        byte[] body = batch.body(from, to);
        int failures = 0;
        int refusals = 0;
        while (true) {
            try {
                HttpResponse<byte[]> response = http.send(request(body), BodyHandlers.ofByteArray());
                int status = response.statusCode();
                if (status == 200) {
                    return Answer.parse(response.body());
                }
                if (status != 429 && status != 503) {
                    return settle(batch, from, to, response);
                }
                failures = 0;
                refusals++;
                giveUpUnless(refusals < patience.refusals(), "keeps answering " + status);
                pause.millis(backoff.millis(refusals, response.headers()));
            } catch (IOException e) {
                failures++;
                giveUpUnless(failures < patience.failures(), "cannot be reached: " + reason(e));
                if (failures == 1) {
                    notices.accept(door + ": " + reason(e) + "; trying again");
                }
                pause.millis(backoff.millis(failures));
            }
        }
    }

    private Answer settle(Batch batch, int from, int to, HttpResponse<byte[]> response)
            throws CommandFailedException, InterruptedException, IOException {
        int status = response.statusCode();
        if (status == 400) {
            return Answer.ofProblem(to - from, "malformed_json", response.body());
        }
        if (status == 413) {
            return to - from == 1 ? Answer.ofProblem(1, "too_large", response.body()) : halves(batch, from, to);
        }
        if (status >= 500) {
            throw new IOException("answered " + status);
        }
        throw new CommandFailedException(door.at(EVENTS) + " answered " + status + ": " + question(status));
    }

    private String question(int status) {
        if (status == 401) {
            return door.token() == null ? "a token is needed" : "the token is not valid there, or no more";
        }
        return status == 403
                ? "the token has no scope ingest"
                : "is this a GroupPulse monitor that takes events from you?";
    }

    private Answer halves(Batch batch, int from, int to) throws CommandFailedException, InterruptedException {
        int middle = (from + to) >>> 1;
        return send(batch, from, middle).and(send(batch, middle, to), middle - from);
    }

    private HttpRequest request(byte[] body) {
        return door.request(EVENTS)
                .timeout(ANSWER_TIMEOUT)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    private void giveUpUnless(boolean patient, String why) throws CommandFailedException {
        if (!patient) {
            throw new CommandFailedException(door + " " + why);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof java.net.ConnectException) {
            return "connection refused";
        }
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
