package dev.xebec.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.LayoutBase;
import java.util.Locale;

/**
 * A log line for people or for machines; which, is known from the environment at first, and from the process's other settings
 * when these are read, which is after the first line may have been written.
 */
final class EitherLine extends LayoutBase<ILoggingEvent> {
    private static volatile boolean json = LogSetup.JSON.equals(environment());

    private final Layout<ILoggingEvent> text;
    private final Layout<ILoggingEvent> machine = new JsonLine();

    EitherLine(Layout<ILoggingEvent> text) {
        this.text = text;
    }

    static void json(boolean wanted) {
        json = wanted;
    }

    private static String environment() {
        String said = System.getenv("XEBEC_LOG_FORMAT");
        return said == null ? "" : said.toLowerCase(Locale.ROOT);
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        return (json ? machine : text).doLayout(event);
    }
}
