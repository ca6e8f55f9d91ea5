package io.grouppulse.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends a recording to a monitor. */
@Command(
        name = "replay",
        description = "Send events, one JSON object a line, plain or gzip, to a monitor.",
        usageHelpAutoWidth = true)
final class ReplayCommand implements Callable<Integer> {
    private static final String STDIN = "-";

    private final Console console;
    private final MonitorClient.Pause pause;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE|-", description = "The recording; - for standard input.")
    private String file = "";

    @Option(
            names = "--speed",
            paramLabel = "1|10|max",
            description = "Keep the recording's pace, ten times it, or none. Default: ${DEFAULT-VALUE}.")
    private String speed = "max";

    @Option(names = "--to", paramLabel = "URL", description = "The monitor. Default: ${DEFAULT-VALUE}.")
    private String to = "http://localhost:8080";

    ReplayCommand(Console console, MonitorClient.Pause pause) {
        this.console = console;
        this.pause = pause;
    }

    @Override
    public Integer call() throws CommandFailedException, IOException, InterruptedException {
        int factor = factor();
        URI monitor = monitor();
        Path path = console.directory().resolve(file);
        requireReadable(path);
        long size = file.equals(STDIN) ? 0 : Files.size(path);
        try (InputStream source = file.equals(STDIN) ? console.in() : Files.newInputStream(path);
                LineReader reader = new LineReader(source)) {
            Progress progress = new Progress(console.err(), console.terminal(), size, System::nanoTime);
            MonitorClient client = new MonitorClient(
                    monitor,
                    MonitorClient.Patience.USUAL,
                    new Backoff(console.clock(), new Random()),
                    pause,
                    notice -> tell(progress, notice));
            Pacer pacer = new Pacer(factor, System::nanoTime);
            return run(new Replay(reader, client, pacer, pause, System::nanoTime, progress), progress);
        }
    }

    private int run(Replay replay, Progress progress) throws CommandFailedException, InterruptedException {
        try {
            replay.run();
        } finally {
            progress.clear();
            replay.tally().print(console.out(), progress.seconds());
        }
        if (!replay.tally().isComplete()) {
            throw new CommandFailedException("the monitor did not answer for every line");
        }
        return 0;
    }

    private void tell(Progress progress, String notice) {
        progress.clear();
        console.err().println("grouppulse: " + notice);
    }

    private int factor() {
        return switch (speed) {
            case "1" -> 1;
            case "10" -> 10;
            case "max" -> 0;
            default -> throw wrong("--speed: '" + speed + "': expected 1, 10 or max");
        };
    }

    private URI monitor() {
        try {
            URI uri = URI.create(to);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getQuery() == null
                    && uri.getFragment() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw wrong("--to: '" + to + "': expected an address such as http://localhost:8080");
    }

    private void requireReadable(Path path) {
        if (!file.equals(STDIN) && (Files.isDirectory(path) || !Files.isReadable(path))) {
            throw wrong("FILE: '" + file + "': expected a file that exists and can be read, or -");
        }
    }

    private ParameterException wrong(String why) {
        return new ParameterException(spec.commandLine(), why);
    }
}
