package io.grouppulse.publish.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An event loop is handed what its clients get at a moment in one task, in order. */
final class LoopWritesTest {
    private static final int CLIENTS = 100;

    private final CountingLoop one = new CountingLoop();
    private final CountingLoop other = new CountingLoop();
    private final List<ByteBuf> written = new ArrayList<>();
    private final LoopWrites writes = new LoopWrites();

    /** Counts the tasks that come from elsewhere. */
    private static final class CountingLoop extends DefaultEventLoop {
        private final AtomicInteger tasks = new AtomicInteger();

        @Override
        public void execute(Runnable task) {
            tasks.incrementAndGet();
            super.execute(task);
        }
    }

    @AfterEach
    void end() {
        end(one);
        end(other);
    }

    private static void end(DefaultEventLoop loop) {
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void aLoopGetsTheWritesOfItsClientsAsOneTaskInOrder() throws Exception {
        List<ByteBuf> given = new ArrayList<>();
        AtomicInteger others = new AtomicInteger();
        for (int client = 0; client < CLIENTS; client++) {
            given.add(Unpooled.copyInt(client));
            writes.add(one, this::write, given.get(client));
            writes.add(other, bytes -> others.incrementAndGet(), Unpooled.EMPTY_BUFFER);
        }

        writes.flush();

        assertThat(one.tasks).hasValue(1);
        assertThat(other.tasks).hasValue(1);
        await(one);
        await(other);
        assertThat(written).containsExactlyElementsOf(given);
        assertThat(others).hasValue(CLIENTS);
    }

    @Test
    void aLoopWithVeryManyClientsHasRoomBetween() throws Exception {
        for (int client = 0; client < 2 * LoopWrites.IN_A_TASK + 1; client++) {
            writes.add(one, this::write, Unpooled.copyInt(client));
        }

        writes.flush();

        assertThat(one.tasks).hasValue(3);
        await(one);
        assertThat(written).extracting(bytes -> bytes.getInt(0)).isSorted().hasSize(2 * LoopWrites.IN_A_TASK + 1);
    }

    @Test
    void whoCannotBeWrittenToKeepsNothingFromThoseAfterIt() throws Exception {
        writes.add(one, this::write, Unpooled.copyInt(1));
        writes.add(
                one,
                bytes -> {
                    throw new IllegalStateException("broken");
                },
                Unpooled.EMPTY_BUFFER);
        writes.add(one, this::write, Unpooled.copyInt(2));

        writes.flush();

        await(one);
        assertThat(written).extracting(bytes -> bytes.getInt(0)).containsExactly(1, 2);
    }

    @Test
    void nothingIsWrittenTwice() throws Exception {
        writes.add(one, this::write, Unpooled.copyInt(1));

        writes.flush();
        writes.flush();

        await(one);
        assertThat(written).hasSize(1);
    }

    @Test
    void onTheLoopItselfItIsWrittenAtOnce() throws Exception {
        int writtenMeanwhile = one.submit(() -> {
                    writes.add(one, this::write, Unpooled.copyInt(1));
                    writes.flush();
                    return written.size();
                })
                .get();

        assertThat(writtenMeanwhile).isOne();
    }

    @Test
    void whatALoopThatHasEndedDoesNotTakeIsFreed() {
        end(one);
        ByteBuf bytes = Unpooled.copyInt(1);
        writes.add(one, this::write, bytes);

        writes.flush();

        assertThat(bytes.refCnt()).isZero();
        assertThat(written).isEmpty();
    }

    private void write(ByteBuf bytes) {
        written.add(bytes);
    }

    private static void await(DefaultEventLoop loop) throws Exception {
        loop.submit(() -> {}).get();
    }
}
