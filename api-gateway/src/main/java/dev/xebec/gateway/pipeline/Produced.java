package dev.xebec.gateway.pipeline;

import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Verb;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the routes of built-in kinds are registered to produce. It is held against the Accept header first, letter by letter: a star
 * behind a slash is not understood. Source: go-restful {@code jsr311.go}, {@code route.go}.
 */
final class Produced {
    private static final List<String> ONE = List.of("application/json", "application/yaml",
            "application/vnd.kubernetes.protobuf");
    private static final List<String> MANY = Stream.concat(ONE.stream(),
            Stream.of("application/json;stream=watch", "application/vnd.kubernetes.protobuf;stream=watch")).toList();

    private Produced() {}

    static void check(Call call) {
        String accept = call.request().accept();
        if (accept.isEmpty()) {
            return;
        }
        for (String entry : accept.split(",")) {
            int end = entry.indexOf(';');
            String type = (end < 0 ? entry : entry.substring(0, end)).strip();
            if (type.equals("*/*") || ONE.contains(type)) {
                return;
            }
        }
        Verb verb = call.info().verb();
        throw new RejectedException(Status.notProduced(verb == Verb.LIST || verb == Verb.WATCH ? MANY : ONE));
    }
}
