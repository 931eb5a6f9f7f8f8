package dev.xebec.server.cli;

import dev.xebec.server.StartupException;
import dev.xebec.server.backup.BackupFile;
import dev.xebec.server.backup.Restore;
import dev.xebec.server.check.AdminConnection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xebec state}: what a running cluster stores, and where. */
@Command(name = "state", description = "Back up or restore what a running cluster stores; see and change its replicas.", mixinStandardHelpOptions = true, subcommands = {
        StateCommand.Backup.class, StateCommand.RestoreFrom.class, ReplicaCommands.Members.class,
        ReplicaCommands.Add.class,
        ReplicaCommands.Remove.class})
final class StateCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(),
                "say what to do: state backup FILE, state restore FILE, state members, state add NAME=HOST:PORT, or state remove NAME");
    }

    /** {@code xebec state backup FILE}. */
    @Command(name = "backup", description = "Write all that the cluster stores, as it is at one moment, to a file.", mixinStandardHelpOptions = true)
    static final class Backup implements Callable<Integer> {
        @Mixin
        private ClusterOption cluster;
        @Parameters(index = "0", paramLabel = "FILE", description = "compressed where it ends in .gz; it holds Secrets")
        private Path file;

        @Override
        public Integer call() throws InterruptedException {
            try (AdminConnection connection = cluster.connect(); InputStream lines = connection.backup()) {
                BackupFile.Summary summary = new BackupFile(file).write(lines);
                System.out.printf(Locale.ROOT, "Saved %d keys as of revision %d to %s (%d bytes)%n", summary.keys(),
                        summary.header().revision(), file, Files.size(file));
                return 0;
            } catch (IOException failed) {
                throw new StartupException("there is no backup: " + failed.getMessage(), failed);
            }
        }
    }

    /** {@code xebec state restore FILE}. */
    @Command(name = "restore", description = "Replace all that the cluster stores by a backup, while it runs.", mixinStandardHelpOptions = true)
    static final class RestoreFrom implements Callable<Integer> {
        @Spec
        private CommandSpec spec;
        @Mixin
        private ClusterOption cluster;
        @Parameters(index = "0", paramLabel = "FILE", description = "what state backup wrote")
        private Path file;
        @Option(names = "--yes", description = "do it: everything that is stored now, and not in the backup, is lost")
        private boolean yes;

        @Override
        public Integer call() throws InterruptedException {
            if (!yes) {
                throw new ParameterException(spec.commandLine(),
                        "everything that the cluster stores now would be replaced; say --yes to do it");
            }
            try (AdminConnection connection = cluster.connect()) {
                long revision = new Restore(connection).run(new BackupFile(file));
                System.out.println("Restored. The cluster is at revision " + revision
                        + "; whoever watched it lists anew.");
                return 0;
            } catch (IOException failed) {
                throw new StartupException(file + " was not restored: " + failed.getMessage(), failed);
            }
        }
    }
}
