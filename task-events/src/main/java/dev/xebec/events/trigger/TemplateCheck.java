package dev.xebec.events.trigger;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.events.trigger.plan.JobFrame;
import dev.xebec.events.trigger.plan.Trigger;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.Status;
import java.util.List;
import java.util.Map;

/** Asks the API server about a template before there is an event, by a dry run. */
final class TemplateCheck {
    private static final ApiRequest.User NOBODY = new ApiRequest.User("", List.of());

    private TemplateCheck() {}

    /** What is wrong with the template whatever the event says; empty for nothing, and where nobody can tell now. */
    static String wrong(ApiClient client, Trigger trigger) {
        ApiObject sample = trigger.sample();
        try {
            ApiResponse answer = client.send(new ApiRequest("POST", JobFrame.JOBS.path(sample.namespace()),
                    Map.of("dryRun", "All", "fieldValidation", "Strict"), "application/json", "",
                    Bytes.of(sample.toBytes()), NOBODY, ""));
            return answer.ok()
                    ? ""
                    : trigger.brokenBy(Status.parse(Json.parseObject(answer.body().array())));
        } catch (UnavailableException unavailable) {
            return "";
        }
    }
}
