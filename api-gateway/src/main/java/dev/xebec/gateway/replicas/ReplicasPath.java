package dev.xebec.gateway.replicas;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.RegroupableStore;
import dev.xebec.contracts.state.ReplicaGroup;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.gateway.backup.Administrators;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /xebec/v1/replicas}: the store's replicas, and how far the last change of them is. {@code PUT …/NAME?address=HOST:PORT} begins to
 * add one, {@code DELETE …/NAME} to remove one; both answer like GET, at once, and may be repeated.
 */
public final class ReplicasPath implements Handler {
    public static final String PATH = "/xebec/v1/replicas";

    private static final Logger LOG = LoggerFactory.getLogger(ReplicasPath.class);

    private final StateStore store;

    public ReplicasPath(StateStore store) {
        this.store = store;
    }

    @Override
    public Answer handle(Call call) {
        Administrators.require(call);
        if (!(store instanceof RegroupableStore replicas)) {
            throw new RejectedException(Status.badRequest("this store has no replicas that Xebec could change"));
        }
        String name = call.request().path().substring(PATH.length()).replaceFirst("^/", "");
        String method = call.request().method();
        try {
            if (method.equals("GET") && name.isEmpty()) {
                return Answer.json(200, json(replicas.group(LogGroup.MAIN)));
            }
            if (method.equals("PUT") && !name.isEmpty()) {
                String address = call.query("address");
                LOG.info("{} wants state replica {} at {}", call.user().name(), name, address);
                return Answer.json(200, json(replicas.add(LogGroup.MAIN, name, address)));
            }
            if (method.equals("DELETE") && !name.isEmpty()) {
                LOG.info("{} wants no state replica {}", call.user().name(), name);
                return Answer.json(200, json(replicas.remove(LogGroup.MAIN, name)));
            }
        } catch (IllegalArgumentException refused) {
            throw new RejectedException(Status.badRequest(String.valueOf(refused.getMessage())));
        }
        throw new RejectedException(Status.noSuchMethod());
    }

    private static ObjectNode json(ReplicaGroup group) {
        ObjectNode tree = Json.object().put("leader", group.leader()).put("term", group.term()).put("committed",
                group.committed());
        ArrayNode replicas = tree.putArray("replicas");
        for (ReplicaGroup.Replica replica : group.replicas()) {
            replicas.addObject().put("name", replica.name()).put("address", replica.address())
                    .put("leader", replica.name().equals(group.leader())).put("live", replica.live())
                    .put("behind", replica.behind());
        }
        group.change().ifPresent(change -> tree.putObject("change")
                .put("kind", change.kind().name().toLowerCase(Locale.ROOT)).put("name", change.name())
                .put("address", change.address()).put("phase", change.phase().name().toLowerCase(Locale.ROOT))
                .put("behind", change.behind()).put("detail", change.detail()));
        return tree;
    }
}
