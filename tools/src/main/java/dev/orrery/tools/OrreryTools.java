package dev.orrery.tools;

import dev.orrery.tools.bench.Bench;
import dev.orrery.tools.chat.Chat;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the tools; {@code ./orrery} calls it. */
@Command(
        name = "orrery",
        description = "Tools beside a running Orrery.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {Chat.class, Bench.class})
public final class OrreryTools {

    private OrreryTools() {}

    public static void main(String[] arguments) {
        var commands = new CommandLine(new OrreryTools());
        commands.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("orrery: " + failure.getMessage());
            return command.getCommandSpec().exitCodeOnExecutionException();
        });
        System.exit(commands.execute(arguments));
    }
}
