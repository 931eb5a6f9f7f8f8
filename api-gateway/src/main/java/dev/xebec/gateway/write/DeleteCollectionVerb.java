package dev.xebec.gateway.write;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.gateway.admission.WriteRequest;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.encode.Encoder;
import dev.xebec.gateway.encode.OutputForm;
import dev.xebec.gateway.read.ListVerb;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Deletes what a selection finds: DELETE of a collection. Each object goes by the rules of a single delete. */
public final class DeleteCollectionVerb implements Handler {
    /** Objects that are being deleted at once by one request; they share proposals. */
    private static final int AT_ONCE = 64;

    private final BodyReader bodies;
    private final ListVerb lists;
    private final DeleteVerb deletes;
    private final Encoder encoder;

    /** @param lists by whose rules is found what a selection means */
    public DeleteCollectionVerb(BodyReader bodies, ListVerb lists, DeleteVerb deletes, Encoder encoder) {
        this.bodies = bodies;
        this.lists = lists;
        this.deletes = deletes;
        this.encoder = encoder;
    }

    @Override
    public Answer handle(Call call) {
        Kind kind = call.info().servedKind();
        OutputForm form = OutputForm.of(call);
        call.number("timeoutSeconds");
        ListVerb.Page page = lists.page(call);
        if (page == null) {
            throw new RejectedException(Status.expired("The provided continue parameter is too old."));
        }
        DeleteOptions options = DeleteOptions.of(call, bodies);
        deleteAll(call, page.objects(), options);
        return encoder.list(form, kind, page.meta(), page.objects());
    }

    private void deleteAll(Call call, List<CachedObject> objects, DeleteOptions options) {
        Semaphore places = new Semaphore(AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = objects.stream().<Future<?>>map(object -> threads.submit(() -> {
                places.acquireUninterruptibly();
                try {
                    delete(call, object, options);
                } finally {
                    places.release();
                }
            })).toList();
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted");
        }
    }

    /** An object that is gone by now is what was wanted. */
    private void delete(Call call, CachedObject object, DeleteOptions options) {
        try {
            deletes.delete(WriteRequest.of(call, options.mode()), object.key(), options);
        } catch (RejectedException refused) {
            if (refused.status().code() != 404) {
                throw refused;
            }
        }
    }
}
