package io.grouppulse.cli;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.simulate.DeliveryMistakes;
import io.grouppulse.domain.simulate.SaleSimulator;
import io.grouppulse.domain.simulate.SimulatedEvent;
import io.grouppulse.domain.simulate.SimulationSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** A simulated sale as lines on a wire, in order of emission, with what goes wrong there. */
final class WireSale {
    private static final long STEP = 1_000;

    private final SaleSimulator sale;
    private final DeliveryMistakes delivery;
    private final double malformed;
    private final SplittableRandom random;
    private final Consumer<GroupEvent> witness;
    private final Deque<byte[]> lines = new ArrayDeque<>();
    private boolean finished;
    private int broken;

    WireSale(SimulationSettings settings, Mistakes mistakes) {
        this(settings, mistakes, event -> {});
    }

    /** @param witness told of each event as it leaves */
    WireSale(SimulationSettings settings, Mistakes mistakes, Consumer<GroupEvent> witness) {
        this.witness = witness;
        sale = new SaleSimulator(settings);
        delivery = new DeliveryMistakes(mistakes.duplicates(), mistakes.late(), settings.seed(), this::write);
        malformed = mistakes.malformed();
        random = new SplittableRandom(settings.seed());
    }

    /** All that happened before this moment has left, or is late. */
    long now() {
        return sale.now();
    }

    /** Whether a line is left in the whole sale. */
    boolean hasNext() {
        while (lines.isEmpty() && !finished) {
            advanceTo(sale.now() + STEP);
        }
        return !lines.isEmpty();
    }

    /** Whether a line is left of those emitted before {@code until}. */
    boolean hasNextBefore(long until) {
        while (lines.isEmpty() && !finished && sale.now() < until) {
            advanceTo(Math.min(until, sale.now() + STEP));
        }
        return !lines.isEmpty();
    }

    byte[] next() {
        byte[] line = lines.poll();
        if (line == null) {
            throw new NoSuchElementException("the sale has no line ready");
        }
        return line;
    }

    private void advanceTo(long until) {
        sale.advanceTo(until, delivery);
        if (sale.isOver()) {
            delivery.finish();
            finished = true;
        }
    }

    private void write(SimulatedEvent event) {
        witness.accept(event.event());
        byte[] line = EventJson.line(event);
        lines.add(line);
        // nextLong alone is specified to be the same on every JDK.
        if ((random.nextLong() >>> 11) * 0x1.0p-53 < malformed) {
            lines.add(malformed(line, event.event().ts()));
        }
    }

    private byte[] malformed(byte[] good, long ts) {
        broken++;
        String id = "broken-" + broken;
        return switch (broken % 4) {
            case 0 -> Arrays.copyOf(good, good.length / 2);
            case 1 -> utf8("{\"id\":\"" + id + "\",\"type\":\"message.send\",\"ts\":" + ts + "}");
            case 2 -> utf8("{\"id\":\"" + id + "\",\"type\":\"message.sent\",\"ts\":" + ts + ",\"group\":\"g0001\"}");
            default -> utf8("id,type,ts,group,member");
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
