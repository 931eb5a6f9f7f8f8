package dev.xebec.gateway.stream;

import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.contracts.node.NodeStreamRequest.LogWish;
import dev.xebec.gateway.request.Call;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a log is wanted. {@code insecureSkipTLSVerifyBackend} is accepted and changes nothing: there is no TLS server of
 * the node's in between. Source: k/k {@code pkg/apis/core/validation} {@code ValidatePodLogOptions}.
 */
record LogOptions(LogWish wish) {
    private static final List<String> STREAMS = List.of("All", "Stderr", "Stdout");
    /** How a path without a name is written. */
    private static final String NO_FIELD = "[]";
    private static final GroupVersionKind KIND = new GroupVersionKind("", "v1", "PodLogOptions");

    static LogOptions of(Call call, Instant now) {
        List<FieldError> errors = new ArrayList<>();
        long tailLines = number(call, "tailLines");
        if (tailLines < 0 && !call.query("tailLines").isEmpty()) {
            errors.add(FieldError.invalid("tailLines", tailLines, "must be greater than or equal to 0"));
        }
        long limitBytes = atLeastOne(call, "limitBytes", errors);
        String sinceTime = call.query("sinceTime");
        long sinceMillis = sinceTime.isEmpty() ? 0 : time(sinceTime);
        boolean both = call.number("sinceSeconds") != null && !sinceTime.isEmpty();
        long sinceSeconds = both ? 0 : atLeastOne(call, "sinceSeconds", errors);
        if (both) {
            errors.add(FieldError.forbidden(NO_FIELD, "at most one of `sinceTime` or `sinceSeconds` may be specified"));
        }
        String stream = call.query("stream");
        if (!stream.isEmpty() && !STREAMS.contains(stream)) {
            errors.add(FieldError.notSupported("stream", stream, STREAMS));
        }
        boolean one = stream.equals("Stdout") || stream.equals("Stderr");
        if (!stream.isEmpty() && !stream.equals("All") && !call.query("tailLines").isEmpty()) {
            errors.add(FieldError.forbidden(NO_FIELD,
                    "`tailLines` and specific `stream` are mutually exclusive for now"));
        }
        if (!errors.isEmpty()) {
            throw new RejectedException(Status.invalid(KIND, call.info().name(), errors));
        }
        long since = !sinceTime.isEmpty()
                ? sinceMillis
                : sinceSeconds > 0
                        ? Math.max(0, now.toEpochMilli() - Math.min(sinceSeconds, Integer.MAX_VALUE) * 1_000L)
                        : 0;
        return new LogOptions(new LogWish(!one || stream.equals("Stdout"), !one || stream.equals("Stderr"),
                call.flag("follow"), call.flag("previous"), call.flag("timestamps"), tailLines, since,
                Math.max(0, limitBytes)));
    }

    NodeStreamRequest of(Target target) {
        return NodeStreamRequest.logs(target.namespace(), target.pod(), target.uid(), target.container(), wish);
    }

    private static long atLeastOne(Call call, String name, List<FieldError> errors) {
        long value = number(call, name);
        if (value < 1 && !call.query(name).isEmpty()) {
            errors.add(FieldError.invalid(name, value, "must be greater than 0"));
        }
        return value;
    }

    private static long number(Call call, String name) {
        Long number = call.number(name);
        return number == null ? -1 : number;
    }

    private static long time(String text) {
        try {
            return Math.max(0, OffsetDateTime.parse(text).toInstant().toEpochMilli());
        } catch (DateTimeParseException malformed) {
            throw new RejectedException(Status.badRequest("parsing time \"" + text
                    + "\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"" + text + "\" as \"2006\""));
        }
    }
}
