package dev.xebec.events.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pod as events need it. What of it is only said, and not compared, is read from the object when it changes; kept are the few
 * words that the next change is compared with.
 *
 * @param phase {@code Pending} and so on
 * @param started whether a container of its own, not one that prepares, has ever run
 * @param evicted whether it was told to go: by the API, by taints, by the kubelet, for a more important pod
 * @param restarts of all containers together
 * @param restarted containers that were restarted, with how often; empty for most pods
 * @param news what the object says beside; null in what is remembered
 */
record PodPicture(Subject about, String phase, boolean ready, boolean started, boolean evicted, int restarts,
        List<Restarts> restarted, long last, @Nullable PodNews news) implements Picture {

    record Restarts(String container, int count) {}

    static PodPicture of(Subject about, ObjectNode pod) {
        PodNews news = new PodNews(pod);
        List<Restarts> restarted = new ArrayList<>(0);
        int restarts = 0;
        for (JsonNode container : news.containers()) {
            int count = container.path("restartCount").asInt(0);
            restarts += count;
            if (count > 0) {
                restarted.add(new Restarts(container.path("name").asText("").intern(), count));
            }
        }
        String phase = pod.path("status").path("phase").asText("Pending").intern();
        return new PodPicture(about, phase, Told.isTrue(news.readiness()), news.started(phase), news.evicted(),
                restarts,
                List.copyOf(restarted), news.latest(), news);
    }

    @Override
    public PodPicture remembered() {
        return new PodPicture(about, phase, ready, started, evicted, restarts, restarted, last, null);
    }

    @Override
    public void since(@Nullable Picture before, Sayings sayings) {
        PodPicture was = before instanceof PodPicture pod ? pod : null;
        PodNews now = news;
        if (now == null) {
            throw new IllegalStateException("told from memory: " + about);
        }
        if (was == null) {
            sayings.say(EventType.TASK_CREATED, about, Moments.or(now.created(), last), "", null, data());
        }
        if (!about.node().isEmpty() && (was == null || was.about.node().isEmpty())) {
            sayings.say(EventType.TASK_SCHEDULED, about, Moments.or(now.scheduledAt(), last), "", null, data());
        }
        if (started && (was == null || !was.started)) {
            sayings.say(EventType.TASK_STARTED, about, Moments.or(now.startedAt(), last), "", null, data());
        }
        restarts(was, now, sayings);
        readiness(was, now, sayings);
        if (evicted && (was == null || !was.evicted)) {
            sayings.say(EventType.TASK_EVICTED, about, Moments.or(now.evictedAt(), last), now.evictionReason(), null,
                    with(now.evictionMessage()));
        }
        end(was, now, sayings);
    }

    private void restarts(@Nullable PodPicture was, PodNews now, Sayings sayings) {
        for (Restarts one : restarted) {
            int before = was == null ? 0 : was.restartsOf(one.container());
            if (one.count() > before) {
                PodNews.Exit exit = now.lastExit(one.container());
                ObjectNode data = with(exit.message()).put("container", one.container()).put("restartCount",
                        one.count());
                sayings.say(EventType.TASK_RESTARTED, about, Moments.or(exit.restartedAt(), last), exit.reason(),
                        exit.code(), data);
            }
        }
    }

    private int restartsOf(String container) {
        for (Restarts one : restarted) {
            if (one.container().equals(container)) {
                return one.count();
            }
        }
        return 0;
    }

    private void readiness(@Nullable PodPicture was, PodNews now, Sayings sayings) {
        boolean before = was != null && was.ready;
        if (ready != before) {
            JsonNode condition = now.readiness();
            sayings.say(ready ? EventType.TASK_READY : EventType.TASK_UNREADY, about,
                    Moments.or(Moments.of(condition.path("lastTransitionTime")), last),
                    condition.path("reason").asText(""), null, with(condition.path("message").asText("")));
        }
    }

    private void end(@Nullable PodPicture was, PodNews now, Sayings sayings) {
        boolean over = phase.equals("Succeeded") || phase.equals("Failed");
        if (!over || (was != null && was.phase.equals(phase))) {
            return;
        }
        PodNews.Exit exit = now.finalExit();
        ObjectNode data = with(exit.message());
        if (!exit.container().isEmpty()) {
            data.put("container", exit.container());
        }
        sayings.say(phase.equals("Succeeded") ? EventType.TASK_SUCCEEDED : EventType.TASK_FAILED, about,
                Moments.or(exit.at(), last), exit.reason(), exit.code(), data);
    }

    @Override
    public void ended(Sayings sayings) {
        sayings.say(EventType.TASK_DELETED, about, last, "", null, data());
    }

    @Override
    public void state(Sayings sayings) {
        sayings.say(EventType.TASK_STATE, about, last, "", null,
                data().put("started", started).put("evicted", evicted));
    }

    private ObjectNode with(String message) {
        ObjectNode data = data();
        Sayings.message(data, message);
        return data;
    }

    private ObjectNode data() {
        return Told.of(about).put("phase", phase).put("ready", ready).put("restarts", restarts);
    }
}
