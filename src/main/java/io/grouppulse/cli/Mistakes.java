package io.grouppulse.cli;

import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** How often an operator's delivery goes wrong, as parts of all events. */
enum Mistakes {
    NONE(0, 0, 0),
    FEW(0.001, 0.001, 0.0001),
    MANY(0.01, 0.01, 0.001);

    private final double duplicates;
    private final double late;
    private final double malformed;

    Mistakes(double duplicates, double late, double malformed) {
        this.duplicates = duplicates;
        this.late = late;
        this.malformed = malformed;
    }

    /** @throws ParameterException if there is no such name */
    static Mistakes ofName(String name, CommandSpec spec) {
        for (Mistakes mistakes : values()) {
            if (mistakes.name().toLowerCase(Locale.ROOT).equals(name)) {
                return mistakes;
            }
        }
        throw new ParameterException(spec.commandLine(), "--mistakes: '" + name + "': expected none, few or many");
    }

    double duplicates() {
        return duplicates;
    }

    double late() {
        return late;
    }

    double malformed() {
        return malformed;
    }
}
