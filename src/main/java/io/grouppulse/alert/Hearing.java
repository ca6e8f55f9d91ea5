package io.grouppulse.alert;

import io.grouppulse.bus.Messages.Uneasy;
import io.grouppulse.domain.alert.SilenceConditions;
import io.grouppulse.domain.alert.SilenceConditions.Talk;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.group.SilenceReading;
import io.grouppulse.domain.org.OrgGraph;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said of groups, as far as silence is concerned. */
final class Hearing {
    private Hearing() {}

    static SilenceConditions.Heard of(Uneasy uneasy) {
        Map<String, SilenceConditions.Siblings> siblings = new HashMap<>();
        uneasy.siblings()
                .forEach((path, some) ->
                        siblings.put(path, new SilenceConditions.Siblings(some.groups(), some.heard())));
        return new SilenceConditions.Heard(
                uneasy.groups().stream().map(Hearing::of).toList(), siblings, uneasy.unheard());
    }

    private static SilenceConditions.Group of(GroupReading reading) {
        return new SilenceConditions.Group(
                reading.group(),
                reading.profile().name(),
                OrgGraph.orgsOf(reading.profile()),
                reading.profile().owner(),
                switch (reading.state()) {
                    case LIVELY, NORMAL, QUIET -> Talk.HEARD;
                    case SILENT -> Talk.SILENT;
                    case UNKNOWN -> Talk.UNKNOWN;
                    case DEAD -> Talk.DEAD;
                },
                reading.silence().since(),
                reading.silence().expected(),
                reading.silence().parent(),
                broken(reading.silence().broken()),
                reading.sources().keySet());
    }

    private static SilenceConditions.@Nullable Broken broken(SilenceReading.@Nullable Broken broken) {
        return broken == null ? null : new SilenceConditions.Broken(broken.since(), broken.until(), broken.expected());
    }
}
