package io.grouppulse.ingest;

import io.grouppulse.domain.event.GroupInput;
import io.vertx.core.Future;
import java.util.List;

/** Where every source hands over what it decoded: routing, durability and back-pressure in one place. */
public interface Intake {

    /** The monitor's T, epoch milliseconds; {@link Long#MIN_VALUE} while {@code clock: event} has seen no event. */
    long asOf();

    /** False while the monitor cannot keep up: a source then takes nothing more (429 with Retry-After over HTTP). */
    boolean hasRoom();

    /**
     * Makes the inputs durable. Fails with {@code LogUnavailableException} if that is impossible now.
     *
     * @param awaitApplied complete only when every query shows them
     */
    Future<Receipt> take(List<GroupInput> inputs, boolean awaitApplied);

    /** @param duplicates events already known; -1 unless the call awaited their application */
    record Receipt(int duplicates) {}
}
