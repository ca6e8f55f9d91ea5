package io.grouppulse.cli;

import picocli.CommandLine.Option;

/** How large a simulated sale is, and which one. */
final class SaleOptions {
    @Option(names = "--groups", paramLabel = "N", description = "Number of groups. Default: ${DEFAULT-VALUE}.")
    private int groups = 300;

    @Option(
            names = "--members",
            paramLabel = "M",
            description = "Mean number of members in a group. Default: ${DEFAULT-VALUE}.")
    private int members = 250;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Which sale: the same seed gives the same one. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    int groups() {
        return groups;
    }

    int members() {
        return members;
    }

    long seed() {
        return seed;
    }
}
