package dev.xebec.simulator.world;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.time.Instant;
import org.slf4j.LoggerFactory;

/** The log of simulated processes: their own clock, their thread's name; or nothing at all. */
final class SimulatedLog extends AppenderBase<ILoggingEvent> {
    private SimulatedLog() {}

    static void show(boolean shown) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(shown ? Level.INFO : Level.OFF);
        if (shown) {
            SimulatedLog log = new SimulatedLog();
            log.setContext(context);
            log.start();
            root.addAppender(log);
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        String name = event.getLoggerName();
        System.out.println(Instant.now() + " " + event.getLevel() + " [" + event.getThreadName() + "] "
                + name.substring(name.lastIndexOf('.') + 1) + ": " + event.getFormattedMessage());
        if (event.getThrowableProxy() != null && event.getLevel().isGreaterOrEqual(Level.WARN)) {
            System.out.println(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
    }
}
