package io.grouppulse.cli;

import io.grouppulse.config.NearestName;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with the arguments and what was probably meant. */
final class UsageErrors implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException error, String[] args) {
        CommandLine command = error.getCommandLine();
        return refuse(
                command,
                error instanceof UnmatchedArgumentException unmatched
                        ? unknown(command, unmatched.getUnmatched())
                        : String.valueOf(error.getMessage()));
    }

    static int refuse(CommandLine command, String why) {
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println("grouppulse: " + onOneLine(why) + " (see " + name + " --help)");
        return CommandLine.ExitCode.USAGE;
    }

    private static String unknown(CommandLine command, List<String> unmatched) {
        String first = unmatched.get(0);
        Collection<String> options = command.getCommandSpec().optionsMap().keySet();
        Collection<String> commands = command.getSubcommands().keySet();
        if (first.startsWith("-")) {
            return "unknown option " + first + "; did you mean " + NearestName.to(first, options) + "?";
        }
        if (!commands.isEmpty()) {
            return "unknown command " + first + "; did you mean " + NearestName.to(first, commands) + "?";
        }
        return "unexpected argument " + first;
    }

    private static String onOneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ");
    }
}
