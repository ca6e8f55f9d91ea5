package io.grouppulse.publish.screen;

import static io.grouppulse.publish.screen.Stage.LIVE;
import static io.grouppulse.publish.screen.Stage.SOON;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures in the page itself, by its own clock, how long after the server's last word the numbers have come to rest in
 * grey. What the test's process sees of it may be seconds late on a busy machine.
 */
final class SilenceWatch {
    /** What a person is promised. */
    private static final double GREY_WITHIN_MILLIS = 3_000;

    private static final String SCRIPT = """
            (() => {
              const watch = { heardAt: 0, greyAfter: null, isSaid: null, latest: 0 };
              window.silenceWatch = watch;
              const Socket = window.WebSocket;
              window.WebSocket = class extends Socket {
                constructor(...args) {
                  super(...args);
                  this.addEventListener('message', () => { watch.heardAt = performance.now(); });
                }
              };
              const every = 20;
              let turnedAt = performance.now();
              setInterval(() => {
                const now = performance.now();
                watch.latest = Math.max(watch.latest, now - turnedAt - every);
                turnedAt = now;
                const number = document.querySelector('.value');
                if (watch.greyAfter === null && getComputedStyle(number).color === 'rgb(102, 115, 127)') {
                  watch.greyAfter = now - watch.heardAt;
                  watch.isSaid = !document.querySelector('#lost').hidden;
                }
              }, every);
            })()
            """;

    private final Stage stage;

    private SilenceWatch(Stage stage) {
        this.stage = stage;
    }

    /** To be called before the page is opened. */
    static SilenceWatch on(Stage stage) {
        stage.page().addInitScript(SCRIPT);
        return new SilenceWatch(stage);
    }

    /** Forgets what was before, once the page is live and its numbers have come to rest in the colour of that. */
    void begin() {
        stage.await(LIVE + " && document.querySelector('.value').getAnimations().length === 0", SOON);
        stage.page().evaluate("() => Object.assign(window.silenceWatch, { greyAfter: null, latest: 0 })");
    }

    /** Fails unless it was so soon and said in words; for how long the machine gave the page no turn at all is not the page's. */
    void assertGreyInTime() {
        stage.await("window.silenceWatch.greyAfter !== null", SOON);
        assertThat(number("greyAfter")).isLessThan(GREY_WITHIN_MILLIS + number("latest"));
        assertThat(stage.page().evaluate("() => window.silenceWatch.isSaid")).isEqualTo(true);
    }

    private double number(String field) {
        return ((Number) stage.page().evaluate("() => window.silenceWatch." + field)).doubleValue();
    }
}
