package io.grouppulse.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
    private static final String TOKEN_VARIABLE = "GROUPPULSE_TOKEN";
    private static final int LONGEST_TOKEN = 8 * 1024;

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

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file that holds the token for a monitor that asks for one. Default: the variable "
                    + TOKEN_VARIABLE + ".")
    private @Nullable String tokenFile;

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
                    new Door(monitor, token()),
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

    /** Not an argument by itself: other users of the machine see those. */
    private @Nullable String token() {
        String token = tokenFile == null ? console.environment().get(TOKEN_VARIABLE) : readToken(tokenFile);
        if (token == null || token.isBlank()) {
            return null;
        }
        String stripped = token.strip();
        if (!stripped.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw wrong((tokenFile == null ? TOKEN_VARIABLE : "--token-file") + ": expected one line of visible ASCII");
        }
        return stripped;
    }

    private String readToken(String name) {
        try {
            Path path = console.directory().resolve(name);
            if (Files.size(path) <= LONGEST_TOKEN) {
                return Files.readString(path);
            }
        } catch (IOException | InvalidPathException e) {
            // Said below.
        }
        throw wrong("--token-file: '" + name + "': expected a file that can be read, of at most 8 KiB");
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
