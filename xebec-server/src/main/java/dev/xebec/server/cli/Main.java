package dev.xebec.server.cli;

import dev.xebec.server.StartupException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./xebec}: exit code 0 when it worked, 1 when it could not, 2 when it was asked wrongly. */
@Command(name = "xebec", description = "A Kubernetes-compatible control plane whose masters all work at once.", mixinStandardHelpOptions = true, version = "xebec 0.1.0", subcommands = {
        UpCommand.class, DownCommand.class, StatusCommand.class, KubeconfigCommand.class, CheckCommand.class,
        StateCommand.class, EventsCommand.class, RunCommand.class, WarmUpCommand.class})
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        int code = commandLine().execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        for (String role : RoleCommand.ROLES) {
            line.addSubcommand(role, new RoleCommand(role));
        }
        return line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (!(failure instanceof StartupException)) {
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
