package io.grouppulse.loadtests;

import com.fasterxml.jackson.core.json.PackageVersion;
import com.hazelcast.instance.BuildInfoProvider;
import io.grouppulse.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** How figures are printed: the machine first, then medians with their spread. */
final class Report {
    private static final List<Figure> FIGURES = new ArrayList<>();
    private static String section = "";

    private Report() {}

    static void machine() throws IOException {
        System.out.printf(
                "%s · %d cores, %s · %d GiB · %s %s · Java %s (%s)%n",
                OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES),
                Runtime.getRuntime().availableProcessors(),
                after("/proc/cpuinfo", "model name"),
                Long.parseLong(after("/proc/meminfo", "MemTotal").replace(" kB", "")) >> 20,
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("java.version"),
                System.getProperty("java.vm.name"));
        System.out.println("load average of the machine before: " + load() + " (others' work makes times noisy)");
    }

    /** What is compared, as it is on the class path or the search path. */
    static String versions() throws IOException, InterruptedException {
        return "GroupPulse " + version(Main.class) + ", Jackson " + PackageVersion.VERSION + ", Hazelcast "
                + BuildInfoProvider.getBuildInfo().getVersion() + ", Flink " + EnvironmentInformation.getVersion()
                + ", Node " + said("node", "--version") + ", " + said("redis-server", "--version");
    }

    private static String version(Class<?> type) {
        String version = type.getPackage().getImplementationVersion();
        return version == null ? "of this tree" : version;
    }

    /** The first words that a command says of its version. */
    private static String said(String command, String option) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command, option).redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            process.waitFor();
            return text.replaceFirst(" sha=.*", "");
        } catch (IOException e) {
            return "no " + command;
        }
    }

    private static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    }

    private static String after(String file, String name) throws IOException {
        for (String line : Files.readAllLines(Path.of(file))) {
            if (line.startsWith(name)) {
                return line.substring(line.indexOf(':') + 1).trim();
            }
        }
        return "unknown";
    }

    static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** A figure of this run: of its rounds the median, the least and the most. */
    record Figure(String section, String name, double median, double least, double most, int digits, String unit) {
        String text(double value) {
            return String.format(Locale.ROOT, "%,." + digits + "f", value);
        }
    }

    /** What the lines that follow are about. */
    static void section(String name) {
        section = name;
    }

    /** Every line so far. */
    static List<Figure> figures() {
        return List.copyOf(FIGURES);
    }

    /** One line of a table: the median of the rounds, and the least and the most. */
    static void line(String name, List<Double> values, int digits, String unit) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        Figure figure =
                new Figure(section, name, median(values), sorted[0], sorted[sorted.length - 1], digits, unit);
        FIGURES.add(figure);
        System.out.printf(
                "  %-46s %14s   (%s – %s) %s%n",
                name, figure.text(figure.median), figure.text(figure.least), figure.text(figure.most), unit);
    }
}
