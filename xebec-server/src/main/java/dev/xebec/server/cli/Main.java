package dev.xebec.server.cli;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.server.Release;
import dev.xebec.server.StartupException;
import dev.xebec.server.role.RoleSetting;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./xebec}: exit code 0 when it worked, 1 when it could not, 2 when it was asked wrongly. */
@Command(name = "xebec", description = "A Kubernetes-compatible control plane whose masters all work at once.", mixinStandardHelpOptions = true, subcommands = {
        UpCommand.class, DownCommand.class, StatusCommand.class, KubeconfigCommand.class, CheckCommand.class,
        StateCommand.class, EventsCommand.class, RunCommand.class, WarmUpCommand.class,
        PkiCommand.class})
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        // Before anything looks a name up.
        NameLookups.forgetSoon();
        int code = commandLine().execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        line.getCommandSpec().version("xebec " + Release.version());
        for (String role : RoleCommand.ROLES) {
            line.addSubcommand(role, new CommandLine(SettingFlags.on(new RoleCommand(role), role)));
        }
        line.addSubcommand(RoleSetting.BROKER,
                new CommandLine(SettingFlags.on(new KafkaCommand(), RoleSetting.BROKER)));
        // The usage may be longer than a screen; what is wrong is what has to be read.
        line.setParameterExceptionHandler((wrong, arguments) -> {
            CommandLine asked = wrong.getCommandLine();
            asked.getErr().println("xebec: " + wrong.getMessage());
            CommandLine.UnmatchedArgumentException.printSuggestions(wrong, asked.getErr());
            asked.getErr().println("See: " + asked.getCommandSpec().qualifiedName() + " --help");
            asked.getErr().flush();
            return 2;
        });
        return line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (!(failure instanceof StartupException) && !(failure instanceof UnavailableException)) {
                throw failure;
            }
            PrintWriter err = command.getErr();
            err.println("xebec: " + failure.getMessage());
            err.flush();
            return 1;
        });
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
