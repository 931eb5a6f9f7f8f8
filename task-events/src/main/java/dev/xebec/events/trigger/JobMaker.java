package dev.xebec.events.trigger;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.events.trigger.plan.JobFrame;
import dev.xebec.events.trigger.plan.Reason;
import dev.xebec.events.trigger.plan.Refusals;
import dev.xebec.kit.client.ApiResult;
import dev.xebec.kit.client.Resources;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.status.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Creates Jobs; to create one twice does no harm. Thread-safe. */
final class JobMaker {
    private final Resources resources;

    JobMaker(Resources resources) {
        this.resources = resources;
    }

    /** What became of a Job that was to be there. */
    sealed interface Made {
        /** It is there. @param job as the server has it; @param repeated whether an earlier message started it */
        record Stands(ApiObject job, boolean repeated) implements Made {}

        /** It never will be. */
        record Refused(Reason reason, String why) implements Made {}

        /** Not now. */
        record Later(String why) implements Made {}
    }

    /** All at once; the answers in the order of the Jobs. */
    List<Made> make(List<ApiObject> jobs) {
        List<CompletableFuture<Made>> answers = new ArrayList<>();
        for (ApiObject job : jobs) {
            CompletableFuture<Made> answer = new CompletableFuture<>();
            Thread.ofVirtual().name("start-" + job.key()).start(() -> {
                try {
                    answer.complete(make(job));
                } catch (RuntimeException | Error fault) {
                    answer.completeExceptionally(fault);
                }
            });
            answers.add(answer);
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private Made make(ApiObject job) {
        try {
            return switch (resources.create(JobFrame.JOBS, job)) {
                case ApiResult.Ok ok -> new Made.Stands(ok.object(), false);
                case ApiResult.Refused refused -> refused(job, refused.status());
            };
        } catch (UnavailableException unavailable) {
            return new Made.Later(String.valueOf(unavailable.getMessage()));
        }
    }

    private Made refused(ApiObject job, Status refusal) {
        if (Refusals.taken(refusal)) {
            return switch (resources.get(JobFrame.JOBS, job.namespace(), job.name())) {
                case ApiResult.Ok there -> taken(job, there.object());
                case ApiResult.Refused gone -> new Made.Later(gone.status().message());
            };
        }
        return Refusals.lasting(refusal)
                ? new Made.Refused(Reason.JobRefused, refusal.message())
                : new Made.Later(refusal.message());
    }

    /** The same record again, whose offset was not committed, is no repetition: it counts now for the first time. */
    private static Made taken(ApiObject wanted, ApiObject there) {
        if (!JobFrame.same(wanted, there)) {
            return new Made.Refused(Reason.NameTaken,
                    "a Job " + there.key() + " is there and is not for this event");
        }
        boolean first = JobFrame.sameRecord(wanted, there) && there.finalizers().contains(JobFrame.FINALIZER);
        return new Made.Stands(there, !first);
    }
}
