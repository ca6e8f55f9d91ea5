package io.grouppulse.cli;

import io.grouppulse.domain.simulate.SimulationSettings;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes a simulated sale to standard output, one event a line. */
@Command(
        name = "simulate",
        description = "Write the events of a simulated sale to standard output as NDJSON, the same for the same seed.",
        usageHelpAutoWidth = true)
final class SimulateCommand implements Callable<Integer> {
    private static final int LINES_BETWEEN_CHECKS = 10_000;

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SaleOptions sale = new SaleOptions();

    @Option(names = "--minutes", paramLabel = "T", description = "Length of the sale. Default: ${DEFAULT-VALUE}.")
    private int minutes = 10;

    @Option(
            names = "--start",
            paramLabel = "TS",
            description = "Time of the first event: RFC 3339, epoch milliseconds, or now. Default: ${DEFAULT-VALUE},"
                    + " just before a flash sale.")
    private String start = "2026-11-11T09:55:00+08:00";

    @Option(
            names = "--mistakes",
            paramLabel = "none|few|many",
            arity = "0..1",
            fallbackValue = "many",
            description = "How many events come twice or late or as broken lines; many, also without a value, is about"
                    + " 1 %%, 1 %% and 0.1 %%. Default: ${DEFAULT-VALUE}.")
    private String mistakes = "none";

    SimulateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, CommandFailedException {
        WireSale lines = new WireSale(settings(), Mistakes.ofName(mistakes, spec));
        OutputStream out = new BufferedOutputStream(console.out(), 1 << 16);
        for (long count = 1; lines.hasNext(); count++) {
            out.write(lines.next());
            out.write('\n');
            if (count % LINES_BETWEEN_CHECKS == 0) {
                requireOpen();
            }
        }
        out.flush();
        requireOpen();
        return 0;
    }

    /** The print stream swallows failures; it has to be asked, which flushes, so not on every line. */
    private void requireOpen() throws CommandFailedException {
        if (console.out().checkError()) {
            throw new CommandFailedException("standard output was closed");
        }
    }

    private SimulationSettings settings() {
        try {
            return SimulationSettings.sale(sale.groups(), sale.members(), minutes, sale.seed(), startMillis());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }

    private long startMillis() {
        if (start.equals("now")) {
            return console.clock().millis();
        }
        try {
            return start.matches("[0-9]{1,15}")
                    ? Long.parseLong(start)
                    : OffsetDateTime.parse(start).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--start: '" + start + "': expected RFC 3339 such as 2026-11-11T09:55:00+08:00,"
                            + " epoch milliseconds, or now",
                    e);
        }
    }
}
