package dev.xebec.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A log line for machines: one JSON object with {@code time} (RFC 3339), {@code level}, {@code logger}, {@code message},
 * {@code thread}, {@code process} and, where something was thrown, {@code stack}.
 */
final class JsonLine extends LayoutBase<ILoggingEvent> {
    /** The system property that names the process; its number where there is none. */
    static final String PROCESS = "xebec.process";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
            .withZone(ZoneOffset.UTC);
    private static final String PID = Long.toString(ProcessHandle.current().pid());

    @Override
    public String doLayout(ILoggingEvent event) {
        ObjectNode line = Json.object();
        line.put("time", TIME.format(event.getInstant()));
        line.put("level", event.getLevel().toString());
        line.put("logger", event.getLoggerName());
        line.put("message", event.getFormattedMessage());
        line.put("thread", event.getThreadName());
        line.put("process", System.getProperty(PROCESS, PID));
        if (event.getThrowableProxy() != null) {
            line.put("stack", ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line + "\n";
    }
}
