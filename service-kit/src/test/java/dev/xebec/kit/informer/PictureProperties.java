package dev.xebec.kit.informer;

import static dev.xebec.kit.client.Objects.owned;
import static dev.xebec.kit.client.Objects.pod;
import static dev.xebec.model.object.GroupVersionResource.NODES;
import static dev.xebec.model.object.GroupVersionResource.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchEvent.Type;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Whatever happens to the watch: the picture is the server's state, and the reported changes lead there. */
class PictureProperties {
    private final TreeMap<ObjectKey, ApiObject> server = new TreeMap<>();
    private final TreeMap<ObjectKey, ApiObject> replayed = new TreeMap<>();
    private final List<WatchEvent> log = new ArrayList<>();
    private final List<Runnable> oldPictures = new ArrayList<>();
    private Follower follower = new Follower(Picture.empty(List.of(PODS), new Indexes()));
    private Picture picture = Picture.empty(List.of(PODS), new Indexes());
    private long revision = 1;
    private int delivered;

    /** What happens next; {@code seed} chooses names, owners and labels. */
    enum Happening {
        WRITE, WRITE_AGAIN, DELETE, REPLACE, DELIVER, BREAK, EXPIRE
    }

    @Property(tries = 400)
    void followsTheServer(@ForAll @Size(max = 60) List<Happening> happenings, @ForAll int seed) {
        startOver();
        Indexes indexes = new Indexes();
        indexes.declare(PODS, "node", pod -> Set.of(pod.spec().path("nodeName").asText("")));
        picture = Picture.empty(List.of(PODS, NODES), indexes);
        follower = new Follower(picture);
        connect();
        int random = seed;
        for (Happening happening : happenings) {
            random = random * 1_103_515_245 + 12_345;
            happen(happening, Math.floorMod(random >> 8, 1_000));
        }
        deliver();

        assertThat(List.copyOf(picture.list(PODS))).isEqualTo(List.copyOf(server.values()));
        assertThat(replayed).isEqualTo(server);
        for (int i = 0; i < 3; i++) {
            String value = "v" + i;
            same(picture.list(PODS, value), pod -> pod.namespace().equals(value));
            same(picture.ownedBy(PODS, value), pod -> pod.controllerOwner().orElseThrow().uid().equals(value));
            same(picture.byIndex(PODS, "node", value), pod -> pod.spec().path("nodeName").asText().equals(value));
        }
        oldPictures.forEach(Runnable::run);
    }

    /** One instance lives through all tries. */
    private void startOver() {
        server.clear();
        replayed.clear();
        log.clear();
        oldPictures.clear();
        revision = 1;
        delivered = 0;
    }

    private void same(Collection<ApiObject> found, Predicate<ApiObject> wanted) {
        assertThat(List.copyOf(found)).isEqualTo(server.values().stream().filter(wanted).toList());
    }

    private void happen(Happening happening, int choice) {
        ObjectKey key = new ObjectKey("v" + choice % 3, "pod-" + choice / 3 % 4);
        switch (happening) {
            case WRITE, WRITE_AGAIN ->
                write(key, choice, server.containsKey(key) ? server.get(key).uid() : "u" + revision);
            case DELETE -> delete(key);
            case REPLACE -> {
                delete(key);
                write(key, choice, "u" + revision);
            }
            case DELIVER -> deliver();
            case BREAK -> connect();
            case EXPIRE -> {
                follower.expired();
                connect();
            }
        }
    }

    private void write(ObjectKey key, int choice, String uid) {
        ObjectNode pod = owned(pod(key.namespace(), key.name()), "ReplicaSet", "rs", "v" + choice / 7 % 3);
        pod.putObject("spec").put("nodeName", "v" + choice / 11 % 3);
        pod.withObject("metadata").put("uid", uid).put("resourceVersion", Long.toString(++revision));
        Type type = server.containsKey(key) ? Type.MODIFIED : Type.ADDED;
        server.put(key, ApiObject.of(pod));
        log.add(new WatchEvent(type, PODS, revision, Bytes.of(Json.bytes(pod))));
    }

    private void delete(ObjectKey key) {
        ApiObject before = server.remove(key);
        if (before != null) {
            log.add(new WatchEvent(Type.DELETED, PODS, ++revision, Bytes.of(before.toBytes())));
        }
    }

    private void deliver() {
        follower.take(List.copyOf(log.subList(delivered, log.size())), this::step);
        delivered = log.size();
    }

    private void connect() {
        long from = follower.begin();
        if (from == 0) {
            List<WatchEvent> present = new ArrayList<>();
            server.values().forEach(pod -> present.add(new WatchEvent(Type.ADDED, PODS, pod.revision(),
                    Bytes.of(pod.toBytes()))));
            present.add(new WatchEvent(Type.SYNCED, PODS, revision, Bytes.EMPTY));
            follower.take(present, this::step);
            delivered = log.size();
        } else {
            // A gateway may send more than was asked for.
            delivered = Math.max(0, (int) log.stream().filter(event -> event.revision() <= from).count() - 2);
        }
    }

    private void step(Follower.Step step) {
        assertThat(step.picture().revision()).isGreaterThanOrEqualTo(picture.revision());
        picture = step.picture();
        step.changes().forEach(change -> {
            ObjectKey key = change.any().key();
            assertThat(replayed.get(key)).isEqualTo(change.before());
            if (change.after() == null) {
                replayed.remove(key);
            } else {
                replayed.put(key, change.after());
            }
        });
        Picture now = picture;
        Map<ObjectKey, ApiObject> then = new TreeMap<>(replayed);
        oldPictures.add(() -> assertThat(List.copyOf(now.list(PODS))).isEqualTo(List.copyOf(then.values())));
    }
}
