package io.grouppulse.ingest;

import io.grouppulse.domain.event.GroupInput;
import io.vertx.core.Future;
import java.util.List;

/** Hands nothing on but pseudonyms: whatever comes in by any door passes here before it is stored. */
public record HidingIntake(Intake intake, Pseudonyms pseudonyms) implements Intake {
    @Override
    public long asOf() {
        return intake.asOf();
    }

    @Override
    public boolean hasRoom() {
        return intake.hasRoom();
    }

    @Override
    public Future<Receipt> take(List<GroupInput> inputs, boolean awaitApplied) {
        return intake.take(inputs.stream().map(pseudonyms::hide).toList(), awaitApplied);
    }
}
