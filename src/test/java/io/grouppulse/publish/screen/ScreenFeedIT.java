package io.grouppulse.publish.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the screens' client of the feed comes back, in Chromium, on sockets, timers and chances that the test makes. */
class ScreenFeedIT {
    private static final long FIRST_MILLIS = 500;
    private static final long LONGEST_MILLIS = 10_000;
    private static final Offset<Double> EXACT = within(1e-6);

    /**
     * A client with two topics on a socket that opens, tells and closes when told to. {@code fall} notes the pause after
     * which the client would connect again, and lets that time pass at once.
     */
    private static final String CLIENT = """
            async () => {
              const { FeedClient } = await import('/js/feed.js');
              let retry = null;
              let socket = null;
              const world = { chance: () => 0, pauses: [], told: [], states: {} };
              globalThis.setInterval = () => 0;
              globalThis.setTimeout = (task, pause) => { world.pauses.push(pause); retry = task; return 0; };
              Math.random = () => world.chance();
              globalThis.WebSocket = class extends EventTarget {
                static OPEN = 1;
                readyState = 0;
                sent = [];
                constructor() { super(); socket = this; }
                send(text) { this.sent.push(JSON.parse(text)); }
                close() { this.readyState = 3; }
              };
              const client = new FeedClient('ws://monitor/feed', (status) => world.told.push(status));
              for (const topic of ['a', 'b']) {
                client.subscribe(topic, 1000, (frame, data) => { world.states[topic] = data; });
              }
              client.open();
              world.rise = () => { socket.readyState = 1; socket.dispatchEvent(new Event('open')); };
              world.hear = (frame) => socket.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }));
              world.fall = (code = 1006) => {
                socket.readyState = 3;
                socket.dispatchEvent(Object.assign(new Event('close'), { code }));
                retry();
                return world.pauses.at(-1);
              };
              world.sent = () =>
                socket.sent.map(({ op, topic, since }) => [op, topic, since?.epoch, since?.seq].join(' ').trim());
              window.world = world;
            }
            """;

    @RegisterExtension
    final Stage stage = new Stage();

    @BeforeEach
    void makeAClient() {
        // Any file of the monitor will do: nothing of a page is to be in the way.
        stage.open("js/feed.js");
        stage.page().evaluate(CLIENT);
    }

    /** A thousand screens lose a server in the same moment and are not to come back in the same moment. */
    @Test
    void pauses_growToALongest_andEachIsByChanceFromItsHalfToItsWhole() {
        List<Double> chances = List.of(0.0, 0.999_999, 0.25, 0.5, 0.75, 0.1, 0.9, 0.0, 0.999_999);

        List<?> pauses = (List<?>) stage.page()
                .evaluate(
                        "(chances) => chances.map((chance) => { world.chance = () => chance; return world.fall(); })",
                        chances);

        assertThat(pauses).hasSameSizeAs(chances);
        for (int attempt = 0; attempt < chances.size(); attempt++) {
            double longest = Math.min(LONGEST_MILLIS, FIRST_MILLIS << attempt);
            assertThat(millis(pauses.get(attempt)))
                    .as("attempt %d", attempt)
                    .isCloseTo(longest / 2 + longest / 2 * chances.get(attempt), EXACT);
        }
    }

    @Test
    void pause_isShortAgain_onceEveryTopicIsInStep_andNotBefore() {
        List<?> pauses = (List<?>) stage.page()
                .evaluate("() => {"
                        + " const snapshot = (topic) => world.hear({topic, kind: 'snapshot', epoch: 'e', seq: 1, data: {}});"
                        + " const pauses = [world.fall(), world.fall()];"
                        + " world.rise(); pauses.push(world.fall());"
                        + " world.rise(); snapshot('a'); pauses.push(world.fall());"
                        + " world.rise(); snapshot('a'); snapshot('b'); pauses.push(world.fall());"
                        + " return pauses; }");

        assertThat(pauses.stream().map(ScreenFeedIT::millis)).containsExactly(250.0, 500.0, 1000.0, 2000.0, 250.0);
        assertThat(stage.page().evaluate("() => world.told.filter((status) => status === 'live').length"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1008, 1013, 4403})
    void serverThatAsksForPatience_isLeftAloneForTheLongestPauseAtOnce(int code) {
        double pause = millis(stage.page().evaluate("(code) => world.fall(code)", code));

        assertThat(pause).isEqualTo(LONGEST_MILLIS / 2.0);
    }

    @Test
    void topics_areTakenUpWhereTheyWereLeft() {
        Object asked = stage.page()
                .evaluate("() => {"
                        + " world.rise();"
                        + " world.hear({topic: 'a', kind: 'snapshot', epoch: 'e1', seq: 7, data: {n: 1, m: 1}});"
                        + " world.hear({topic: 'a', kind: 'delta', seq: 8, data: {n: 2}});"
                        + " world.fall(); world.rise();"
                        + " return world.sent(); }");

        assertThat(asked).isEqualTo(List.of("subscribe a e1 8", "subscribe b"));
        stage.page().evaluate("() => world.hear({topic: 'a', kind: 'delta', seq: 9, data: {m: 3}})");
        assertThat(stage.page().evaluate("() => world.states.a")).isEqualTo(Map.of("n", 2, "m", 3));
    }

    @Test
    void frameThatIsMissing_isAskedFor_andWhatFollowedItIsNotShown() {
        Object asked = stage.page()
                .evaluate("() => {"
                        + " world.rise();"
                        + " world.hear({topic: 'a', kind: 'snapshot', epoch: 'e1', seq: 7, data: {n: 1}});"
                        + " world.hear({topic: 'a', kind: 'delta', seq: 9, data: {n: 3}});"
                        + " return world.sent(); }");

        assertThat(asked).isEqualTo(List.of("subscribe a", "subscribe b", "unsubscribe a", "subscribe a e1 7"));
        assertThat(stage.page().evaluate("() => world.states.a")).isEqualTo(Map.of("n", 1));
    }

    private static double millis(Object number) {
        return ((Number) number).doubleValue();
    }
}
