package io.grouppulse.publish.screen;

import static io.grouppulse.publish.screen.Stage.LIVE;
import static io.grouppulse.publish.screen.Stage.SOON;

import io.grouppulse.testing.RunningServer;
import io.grouppulse.testing.ServerOptions;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A wall whose server, one of its own, stands still for half a minute from before the first test of a class on: the others
 * need not wait for it.
 */
final class StalledWall implements BeforeAllCallback, AfterAllCallback {
    private static final Duration STALL = Duration.ofSeconds(30);
    private static final String ORDERS_SHOWN =
            LIVE + " && document.querySelector('[data-measure=\"today.ordersPaid\"]').dataset.value === '%d'";

    private @Nullable RunningServer server;
    private @Nullable Stage stage;
    private @Nullable SilenceWatch silence;
    private @Nullable Process stall;

    @Override
    public void beforeAll(ExtensionContext tests) throws Exception {
        server = RunningServer.start(ServerOptions.replays().with("clock", "system"));
        stage = Stage.on(server, tests);
        stage.register("stall-1", "Stall", "screen-stall");
        stage.pay("stall-1", "m-1", 3_990);
        silence = SilenceWatch.on(stage);
        stage.open("?org=screen-stall");
        stage.await(ORDERS_SHOWN.formatted(1), SOON);
        silence.begin();
        stall = server.freezing(STALL);
    }

    /** Fails unless the wall said so in time, found its server again once that went on, and shows what is true then. */
    void assertGreyInTimeAndRightAfterwards() throws Exception {
        Stage wall = Objects.requireNonNull(stage);
        Objects.requireNonNull(stall).waitFor();
        Objects.requireNonNull(silence).assertGreyInTime();
        wall.pay("stall-1", "m-2", 3_990);

        wall.await(ORDERS_SHOWN.formatted(2), SOON);
        wall.assertMeasuresEqual("api/v1/orgs/screen-stall");
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        if (stage != null) {
            stage.closeWindow();
        }
        if (server != null) {
            server.close();
        }
    }
}
