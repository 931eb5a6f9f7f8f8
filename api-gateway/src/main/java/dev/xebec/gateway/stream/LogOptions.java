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
    private static final GroupVersionKind KIND = new GroupVersionKind("", "v1", "PodLogOptions");

    static LogOptions of(Call call, Instant now) {
        List<FieldError> errors = new ArrayList<>();
        long tailLines = number(call, "tailLines");
        if (tailLines < 0 && !call.query("tailLines").isEmpty()) {
            errors.add(FieldError.invalid("tailLines", tailLines, "must be greater than or equal to 0"));
        }
        long limitBytes = atLeastOne(call, "limitBytes", errors);
        long sinceSeconds = atLeastOne(call, "sinceSeconds", errors);
        String sinceTime = call.query("sinceTime");
        if (sinceSeconds > 0 && !sinceTime.isEmpty()) {
            errors.add(FieldError.forbidden("", "at most one of `sinceTime` or `sinceSeconds` may be specified"));
        }
        String stream = call.query("stream");
        if (!stream.isEmpty() && !STREAMS.contains(stream)) {
            errors.add(FieldError.notSupported("stream", stream, STREAMS));
        }
        boolean one = stream.equals("Stdout") || stream.equals("Stderr");
        if (!stream.isEmpty() && !stream.equals("All") && !call.query("tailLines").isEmpty()) {
            errors.add(FieldError.forbidden("",
                    "`tailLines` and specific `stream` are mutually exclusive for now"));
        }
        if (!errors.isEmpty()) {
            throw new RejectedException(Status.invalid(KIND, "", errors));
        }
        long since = !sinceTime.isEmpty()
                ? time(sinceTime)
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
        String text = call.query(name);
        try {
            return text.isEmpty() ? -1 : Long.parseLong(text);
        } catch (NumberFormatException malformed) {
            throw new RejectedException(Status.badRequest(name + " has to be an integer, not \"" + text + "\""));
        }
    }

    private static long time(String text) {
        try {
            return Math.max(0, OffsetDateTime.parse(text).toInstant().toEpochMilli());
        } catch (DateTimeParseException malformed) {
            throw new RejectedException(
                    Status.badRequest("sinceTime has to be a time as of RFC 3339, not \"" + text + "\""));
        }
    }
}
