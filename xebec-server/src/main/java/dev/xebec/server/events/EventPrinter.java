package dev.xebec.server.events;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.format.EventFormat;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;

/** Writes events as lines. */
public final class EventPrinter {
    private final PrintStream out;
    private final boolean json;
    private final ZoneId zone;
    private boolean begun;

    /** @param json a CloudEvent a line, for programs */
    public EventPrinter(PrintStream out, boolean json, ZoneId zone) {
        this.out = out;
        this.json = json;
        this.zone = zone;
    }

    /** Whether anybody still reads. */
    public boolean print(CloudEvent event) {
        if (json) {
            EventFormat format = EventFormatProvider.getInstance().resolveFormat(JsonFormat.CONTENT_TYPE);
            if (format == null) {
                throw new IllegalStateException("no JSON format of CloudEvents");
            }
            out.println(new String(format.serialize(event), StandardCharsets.UTF_8));
        } else {
            if (!begun) {
                out.println(EventLine.header());
                begun = true;
            }
            out.println(EventLine.of(event, zone));
        }
        return !out.checkError();
    }
}
