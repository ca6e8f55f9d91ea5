package io.grouppulse.alert;

import io.grouppulse.domain.alert.SilenceConditions;
import io.grouppulse.domain.alert.SilenceConditions.Talk;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.org.OrgGraph;

/** A group's reading, as far as silence is concerned. */
final class Hearing {
    private Hearing() {}

    static SilenceConditions.Group of(GroupReading reading) {
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
                reading.sources().keySet());
    }
}
