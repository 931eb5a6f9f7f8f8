package dev.xebec.gateway.subresource;

import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.model.status.Status;
import java.util.List;

/** Says that something is not served, and why, where a bare 404 would send somebody looking for a mistake of his. */
final class Refusal implements Handler {
    private final Status status;

    Refusal(int code, String reason, String message) {
        this.status = new Status(code, reason, message, "", "", "", "", List.of(), 0);
    }

    @Override
    public Answer handle(Call call) {
        return Answer.refused(status);
    }

    @Override
    public Answer atOnce(Call call) {
        return Answer.refused(status);
    }
}
