package dev.xebec.gateway.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.cache.StoreKey;
import dev.xebec.gateway.encode.Encoder;
import dev.xebec.gateway.encode.OutputForm;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.pcollections.TreePMap;

/** Reads a collection at one revision, whole or in pages, by putting ready bytes one after another. */
public final class ListVerb implements Handler {
    private static final String EXPIRED_PAGE = "The provided continue parameter is too old to display a consistent list "
            + "result. You can start a new list without the continue parameter, or use the continue token in this "
            + "response to retrieve the remainder of the results. Continuing with the provided token results in an "
            + "inconsistent list - objects that were created, modified, or deleted between the time the first chunk was "
            + "returned and now may show up in the list.";

    private final ReadRevision revisions;
    private final PastReader past;
    private final Encoder encoder;

    public ListVerb(ReadRevision revisions, StateStore store, Encoder encoder) {
        this.revisions = revisions;
        this.past = new PastReader(store);
        this.encoder = encoder;
    }

    /** One page: where it stands and what is on it. */
    private record Page(List<Bytes> objects, Encoder.ListMeta meta) {}

    @Override
    public Answer handle(Call call) {
        Kind kind = call.info().servedKind();
        past.sweep();
        ListRules.check(call, false);
        OutputForm form = OutputForm.of(call);
        ObjectFilter filter = ObjectFilter.of(kind, call.info().namespace(), "", call.query("labelSelector"),
                call.query("fieldSelector"));
        long limit = limit(call);
        String token = call.query("continue");
        if (token.isEmpty()) {
            return encode(form, kind, page(kind, image(call, kind, limit), filter, "", limit));
        }
        ContinueToken start = ContinueToken.parse(token);
        if (!call.query("resourceVersion").isEmpty() && !call.query("resourceVersion").equals("0")) {
            throw new RejectedException(Status.badRequest(
                    "specifying resource version is not allowed when using continue"));
        }
        StoreImage image = start.revision() == ContinueToken.NEWEST
                ? revisions.newest()
                : past.at(start.revision(), kind);
        return image == null
                ? expired(start)
                : encode(form, kind, page(kind, image, filter, start.after(), limit));
    }

    private Answer encode(OutputForm form, Kind kind, Page page) {
        return encoder.list(form, kind, page.meta(), page.objects());
    }

    private StoreImage image(Call call, Kind kind, long limit) {
        String revision = call.query("resourceVersion");
        String match = call.query("resourceVersionMatch");
        boolean exact = match.equals("Exact")
                || (match.isEmpty() && limit > 0 && !revision.isEmpty() && !revision.equals("0"));
        if (!exact) {
            return revisions.image(revision);
        }
        long wanted = ReadRevision.parse(revision);
        StoreImage present = revisions.notOlderThan(wanted);
        StoreImage image = present.revision() == wanted ? present : past.at(wanted, kind);
        if (image == null) {
            throw new RejectedException(Status.expired("The resourceVersion for the provided list is too old."));
        }
        return image;
    }

    private Page page(Kind kind, StoreImage image, ObjectFilter filter, String after, long limit) {
        SortedMap<String, CachedObject> candidates = candidates(kind, image, filter, after);
        List<Bytes> objects = new ArrayList<>(limit > 0 ? (int) Math.min(limit, 1_000) : candidates.size());
        String last = "";
        int seen = 0;
        for (Map.Entry<String, CachedObject> entry : candidates.entrySet()) {
            if (limit > 0 && objects.size() == limit) {
                past.keep(image, kind);
                long remaining = filter.selects() ? -1 : candidates.size() - seen;
                return new Page(objects, new Encoder.ListMeta(image.revision(),
                        new ContinueToken(image.revision(), last).toString(), remaining));
            }
            seen++;
            last = entry.getKey();
            if (filter.matches(entry.getValue())) {
                objects.add(entry.getValue().json());
            }
        }
        return new Page(objects, new Encoder.ListMeta(image.revision(), "", -1));
    }

    private static SortedMap<String, CachedObject> candidates(Kind kind, StoreImage image, ObjectFilter filter,
            String after) {
        String resource = StoreKey.resourceOf(kind);
        var name = filter.fields().exact("metadata.name");
        if (name.isPresent() && (!kind.namespaced() || !filter.namespace().isEmpty())) {
            CachedObject one = image.get(resource, filter.namespace(), name.get());
            String key = StoreKey.objectOf(filter.namespace(), name.get());
            return one == null || key.compareTo(after) <= 0 ? TreePMap.empty() : TreePMap.singleton(key, one);
        }
        SortedMap<String, CachedObject> all = image.in(resource, filter.namespace());
        return after.isEmpty() ? all : all.tailMap(after + '\0');
    }

    private static Answer expired(ContinueToken token) {
        ObjectNode status = Status.expired(EXPIRED_PAGE).toTree();
        status.putObject("metadata").put("continue", new ContinueToken(ContinueToken.NEWEST, token.after()).toString());
        return Answer.json(410, status);
    }

    private static long limit(Call call) {
        String limit = call.query("limit");
        if (limit.isEmpty()) {
            return 0;
        }
        try {
            return Math.max(0, Long.parseLong(limit));
        } catch (NumberFormatException malformed) {
            throw new RejectedException(
                    Status.badRequest("strconv.ParseInt: parsing \"" + limit + "\": invalid syntax"));
        }
    }
}
