package dev.xebec.gateway.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.cache.StoreKey;
import dev.xebec.gateway.conversion.Conversions;
import dev.xebec.gateway.encode.Encoder;
import dev.xebec.gateway.encode.OutputForm;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.gateway.request.Verb;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
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
    private final Conversions conversions;
    private final Encoder encoder;

    public ListVerb(ReadRevision revisions, StateStore store, Conversions conversions, Encoder encoder) {
        this.conversions = conversions;
        this.revisions = revisions;
        this.past = new PastReader(store);
        this.encoder = encoder;
    }

    /** One page: where it stands and what is on it. */
    public record Page(List<CachedObject> objects, Encoder.ListMeta meta) {}

    @Override
    public Answer handle(Call call) {
        Kind kind = call.info().servedKind();
        past.sweep();
        OutputForm form = OutputForm.of(call);
        Page page = page(call);
        return page == null
                ? expired(form, ContinueToken.parse(call.query("continue")))
                : encode(form, kind, page);
    }

    /** What a request selects; null where the page that it goes on from is of a state that is no longer kept. */
    public @Nullable Page page(Call call) {
        Kind kind = call.info().servedKind();
        ListRules.checkList(call);
        String token = call.query("continue");
        String revision = call.query("resourceVersion");
        if (token.isEmpty()) {
            ReadRevision.checkOfList(revision);
        }
        ObjectFilter filter = ObjectFilter.of(kind, call.info().namespace(), "", call.query("labelSelector"),
                call.query("fieldSelector"));
        Long asked = call.number("limit");
        long limit = asked == null ? 0 : Math.max(0, asked);
        if (token.isEmpty()) {
            // Of any state that is at hand all is shown. Source: apiserver storage/cacher.
            long effective = revision.equals("0") ? 0 : limit;
            // Those that are deleted are read in pages, so that a revision is meant exactly.
            long read = call.info().verb() == Verb.DELETE_COLLECTION ? Math.max(1, effective) : effective;
            return page(kind, image(call, kind, read), filter, "", effective);
        }
        ContinueToken start = ContinueToken.parse(token);
        if (!revision.isEmpty() && !revision.equals("0")) {
            throw new RejectedException(Status.badRequest(
                    "specifying resource version is not allowed when using continue"));
        }
        StoreImage image = start.revision() < 0 ? revisions.newest() : exactly(kind, start.revision());
        return image == null
                ? null
                : page(kind, image, filter, start.from(filter.namespace(), kind.namespaced()), limit);
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
        StoreImage image = exactly(kind, ReadRevision.parse(revision));
        if (image == null) {
            throw new RejectedException(Status.expired("The resourceVersion for the provided list is too old."));
        }
        return image;
    }

    /** The kind's objects at this revision, which may have been given out by a gateway that is ahead; null where expired. */
    private @Nullable StoreImage exactly(Kind kind, long revision) {
        StoreImage present;
        try {
            present = revisions.notOlderThan(revision);
        } catch (RejectedException tooLarge) {
            throw new RejectedException(tooLarge.status().retryAfter(0));
        }
        return present.revision() == revision ? present : past.at(revision, kind);
    }

    private Page page(Kind kind, StoreImage image, ObjectFilter filter, String from, long limit) {
        SortedMap<String, CachedObject> candidates = candidates(kind, image, filter, from);
        convertAll(kind, candidates, limit);
        List<CachedObject> objects = new ArrayList<>(limit > 0 ? (int) Math.min(limit, 1_000) : candidates.size());
        String last = "";
        int seen = 0;
        for (Map.Entry<String, CachedObject> entry : candidates.entrySet()) {
            if (limit > 0 && objects.size() == limit) {
                past.keep(image, kind);
                long remaining = filter.selects() ? -1 : candidates.size() - seen;
                return new Page(objects, new Encoder.ListMeta(image.revision(),
                        ContinueToken.after(image.revision(), filter.namespace(), last).toString(), remaining));
            }
            seen++;
            last = entry.getKey();
            CachedObject object = conversions.shown(kind, entry.getValue());
            if (filter.matches(object)) {
                objects.add(object);
            }
        }
        return new Page(objects, new Encoder.ListMeta(image.revision(), "", -1));
    }

    /** Many in one question, where somebody has to be asked: a page, or all where nothing says how many there will be. */
    private void convertAll(Kind kind, SortedMap<String, CachedObject> candidates, long limit) {
        if (Conversions.asksSomebody(kind)) {
            conversions.shown(kind, candidates.values().stream().limit(limit > 0 ? limit : Long.MAX_VALUE).toList());
        }
    }

    private static SortedMap<String, CachedObject> candidates(Kind kind, StoreImage image, ObjectFilter filter,
            String from) {
        String resource = StoreKey.resourceOf(kind);
        var name = filter.fields().exact("metadata.name");
        if (name.isPresent() && (!kind.namespaced() || !filter.namespace().isEmpty())) {
            CachedObject one = image.get(resource, filter.namespace(), name.get());
            String key = StoreKey.objectOf(filter.namespace(), name.get());
            return one == null || key.compareTo(from) < 0 ? TreePMap.empty() : TreePMap.singleton(key, one);
        }
        SortedMap<String, CachedObject> all = image.in(resource, filter.namespace());
        return from.isEmpty() ? all : all.tailMap(from);
    }

    private static Answer expired(OutputForm form, ContinueToken token) {
        ObjectNode status = Status.expired(EXPIRED_PAGE).toTree();
        status.putObject("metadata").put("continue",
                new ContinueToken(ContinueToken.NEWEST, token.start()).toString());
        return Encoder.status(form.format(), 410, status);
    }
}
