package dev.xebec.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Sets up logging in code, because reading a file of settings costs a start noticeably more. The system property
 * {@code xebec.log} names the file (standard error without it), the environment's {@code XEBEC_LOG_LEVEL} the level and
 * {@code XEBEC_LOG_FORMAT} whether lines are for people ({@code text}) or for machines ({@code json}).
 * A file is rolled over at 10 MiB, and three old ones are kept.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogSetup extends ContextAwareBase implements Configurator {
    private static final String LINE = "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level %logger{0} %msg%n%ex{8}";
    public static final String TEXT = "text";
    public static final String JSON = "json";
    private static final FileSize MAX_FILE = new FileSize(10L * 1024 * 1024);
    private static final int OLD_FILES = 3;

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        Encoder<ILoggingEvent> encoder = encoder(context);
        String file = System.getProperty("xebec.log", "");
        Appender<ILoggingEvent> appender = file.isEmpty() ? console(context, encoder) : rolling(context, encoder, file);
        ch.qos.logback.classic.Logger root = context.getLogger(ch.qos.logback.classic.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        root.setLevel(Level.WARN);
        String level = System.getenv("XEBEC_LOG_LEVEL");
        context.getLogger("dev.xebec")
                .setLevel(Level.toLevel(level == null ? "INFO" : level.toUpperCase(Locale.ROOT), Level.INFO));
        // Hazelcast warns of settings that only its paid edition has, and of Java modules it could measure more with.
        context.getLogger("com.hazelcast").setLevel(Level.ERROR);
        // What one that was away for long still asks of those that no longer count it in.
        context.getLogger("com.hazelcast.internal.cluster.impl.operations").setLevel(Level.OFF);
        context.getLogger("com.hazelcast.spi.impl.operationservice.impl.operations").setLevel(Level.OFF);
        // Of a member that is away, Ratis writes a stack trace for each try to reach it, and the bus a line for each
        // message and each broken connection. That it is away is told once, by our own loggers.
        context.getLogger("org.apache.ratis").setLevel(Level.ERROR);
        context.getLogger("org.apache.ratis.util.LifeCycle").setLevel(Level.OFF);
        // Of a Kafka that is away its clients write a line for each try to reach it; who uses them tells it once.
        context.getLogger("org.apache.kafka").setLevel(Level.ERROR);
        context.getLogger("io.vertx.core.eventbus.impl").setLevel(Level.ERROR);
        context.getLogger("io.vertx.core.net.impl.ConnectionBase").setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** What lines say of their process, and how they look from now on. */
    public static void of(String process, String format) {
        System.setProperty(JsonLine.PROCESS, process);
        if (!format.isEmpty()) {
            EitherLine.json(format.equals(JSON));
        }
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context) {
        PatternLayout text = new PatternLayout();
        text.setContext(context);
        text.setPattern(LINE);
        text.start();
        EitherLine layout = new EitherLine(text);
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.start();
        return encoder;
    }

    private static Appender<ILoggingEvent> console(LoggerContext context, Encoder<ILoggingEvent> encoder) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }

    private static Appender<ILoggingEvent> rolling(LoggerContext context, Encoder<ILoggingEvent> encoder, String file) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setFile(file);
        appender.setEncoder(encoder);
        FixedWindowRollingPolicy window = new FixedWindowRollingPolicy();
        window.setContext(context);
        window.setParent(appender);
        window.setFileNamePattern(file + ".%i");
        window.setMinIndex(1);
        window.setMaxIndex(OLD_FILES);
        window.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(context);
        size.setMaxFileSize(MAX_FILE);
        size.start();
        appender.setRollingPolicy(window);
        appender.setTriggeringPolicy(size);
        appender.start();
        return appender;
    }
}
