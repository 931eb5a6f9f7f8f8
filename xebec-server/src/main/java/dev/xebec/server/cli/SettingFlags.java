package dev.xebec.server.cli;

import dev.xebec.kit.config.Settings;
import dev.xebec.kit.config.SettingsException;
import dev.xebec.server.role.RoleSetting;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** A flag of a command for each of a role's settings. */
final class SettingFlags {
    private static final Logger LOG = LoggerFactory.getLogger(SettingFlags.class);

    private SettingFlags() {}

    /** The command with the flags of a role. */
    static CommandSpec on(Object command, String role) {
        CommandSpec spec = CommandSpec.forAnnotatedObject(command);
        for (RoleSetting setting : RoleSetting.of(role)) {
            String flag = "--" + setting.key();
            // What all other commands call the form of what they print.
            String[] names = setting.equals(RoleSetting.LOG_FORMAT) ? new String[]{"-o", flag} : new String[]{flag};
            spec.addOption(OptionSpec.builder(names).paramLabel(setting.label()).type(String.class)
                    .description(setting.description()).build());
        }
        return spec;
    }

    /** What flags, environment and file say; an error of usage where it cannot be used. */
    static <T> T read(CommandSpec spec, String role, @Nullable Path file, Function<Settings, T> reader) {
        ParseResult parsed = spec.commandLine().getParseResult();
        Map<String, String> flags = new TreeMap<>();
        for (RoleSetting setting : RoleSetting.of(role)) {
            if (parsed.hasMatchedOption("--" + setting.key())) {
                flags.put(setting.key(), parsed.matchedOptionValue("--" + setting.key(), ""));
            }
        }
        try {
            Settings settings = Settings.of(flags, System.getenv(), file);
            T read = reader.apply(settings);
            if (LOG.isInfoEnabled()) {
                LOG.info("Settings of {}: {}", role, settings.describe().strip().replace("\n", "; "));
            }
            return read;
        } catch (SettingsException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
