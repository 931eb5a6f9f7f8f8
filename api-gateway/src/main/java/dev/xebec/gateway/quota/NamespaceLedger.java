package dev.xebec.gateway.quota;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.registry.Commits;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.quantity.Quantity;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The charges of one namespace that this gateway has under way. One thread at a time carries all that wait to the store, so
 * writes of one gateway do not get in each other's way; other gateways' are noticed by the quotas' revisions.
 */
final class NamespaceLedger {
    static final String QUOTAS = "/resourcequotas";
    /** Times that other gateways may be quicker. */
    private static final int MAX_ROUNDS = 64;

    private final String namespace;
    private final Supplier<StoreImage> images;
    private final Supplier<StoreImage> newest;
    private final Commits commits;
    private final Function<StoreImage, Account.Counting> counting;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Pending> waiting = new ArrayDeque<>();
    private boolean carrying;
    /** Quotas as this gateway wrote them last, which its cache may not have yet. By name; only the carrier reads them. */
    private final Map<String, ApiObject> written = new HashMap<>();

    NamespaceLedger(String namespace, Supplier<StoreImage> images, Supplier<StoreImage> newest, Commits commits,
            Function<StoreImage, Account.Counting> counting) {
        this.namespace = namespace;
        this.images = images;
        this.newest = newest;
        this.commits = commits;
        this.counting = counting;
    }

    TxnResult commit(Pending own) {
        if (enter(own)) {
            carry(own);
        }
        return own.await();
    }

    private boolean enter(Pending own) {
        lock.lock();
        try {
            waiting.add(own);
            boolean first = !carrying;
            carrying = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    private List<Pending> take() {
        lock.lock();
        try {
            List<Pending> all = new ArrayList<>(waiting);
            waiting.clear();
            carrying = !all.isEmpty();
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** Carries until nobody waits; once its own is done, another thread goes on. */
    private void carry(@Nullable Pending own) {
        for (List<Pending> batch = take(); !batch.isEmpty(); batch = take()) {
            try {
                settle(batch);
            } catch (RuntimeException | Error fault) {
                // Everybody in the batch gets it thrown; nothing is swallowed.
                batch.forEach(pending -> pending.result().completeExceptionally(fault));
            }
            if (own != null && own.result().isDone()) {
                Thread.ofVirtual().name("quota-" + namespace).start(() -> carry(null));
                return;
            }
        }
    }

    private void settle(List<Pending> all) {
        List<Pending> open = new ArrayList<>(all);
        boolean certain = false;
        for (int round = 0; !open.isEmpty(); round++) {
            if (round == MAX_ROUNDS + all.size()) {
                open.forEach(pending -> pending.result().completeExceptionally(new RejectedException(Status.conflict(
                        pending.demand().resource(), pending.demand().name(),
                        "the quotas of the namespace are being changed faster than this; please try again"))));
                return;
            }
            StoreImage image = certain ? newest.get() : images.get();
            certain = !settle(open, image, certain);
            open.removeIf(pending -> pending.result().isDone());
        }
    }

    /** One transaction. False where the next is to be decided from the newest state. */
    private boolean settle(List<Pending> open, StoreImage image, boolean certain) {
        List<Account> accounts = accounts(image);
        Batch batch = new Batch(accounts.size());
        boolean doubtful = false;
        for (Pending pending : open) {
            List<Map<String, Quantity>> before = accounts.stream().map(Account::used).toList();
            try {
                accounts.forEach(account -> account.charge(pending.demand()));
            } catch (RejectedException refused) {
                back(accounts, before);
                doubtful = true;
                if (certain) {
                    pending.result().completeExceptionally(refused);
                }
                continue;
            }
            if (!batch.add(pending)) {
                back(accounts, before);
                break;
            }
        }
        return batch.members().isEmpty() ? !doubtful : commit(batch, accounts);
    }

    private static void back(List<Account> accounts, List<Map<String, Quantity>> before) {
        for (int at = 0; at < accounts.size(); at++) {
            accounts.get(at).backTo(before.get(at));
        }
    }

    private boolean commit(Batch batch, List<Account> accounts) {
        return switch (commits.commit(batch.txn(accounts))) {
            case TxnResult.Committed committed -> {
                accounts.stream().filter(Account::changed).forEach(account -> remember(account, committed.revision()));
                batch.members().forEach(pending -> pending.result().complete(committed));
                yield true;
            }
            case TxnResult.Refused refused -> {
                batch.members().stream().filter(pending -> !Batch.holds(pending.txn(), refused))
                        .forEach(pending -> pending.result().complete(refused));
                yield false;
            }
            case TxnResult.Invalid invalid -> {
                batch.members().get(0).result().complete(invalid);
                yield true;
            }
        };
    }

    private void remember(Account account, long revision) {
        ObjectNode tree = account.tree();
        if (tree.get("metadata") instanceof ObjectNode metadata) {
            metadata.put("resourceVersion", Long.toString(revision));
        }
        written.put(account.stored().name(), ApiObject.of(tree));
    }

    /** The namespace's quotas; what this gateway wrote later than the image counts. */
    private List<Account> accounts(StoreImage image) {
        written.values().removeIf(quota -> quota.revision() <= image.revision());
        Account.Counting count = counting.apply(image);
        List<Account> accounts = new ArrayList<>();
        for (CachedObject cached : image.in(QUOTAS, namespace).values()) {
            ApiObject later = written.get(cached.key().name());
            accounts.add(new Account(later == null ? cached.parse() : later, count));
        }
        return accounts;
    }

    /** Whether a demand would be taken now; refuses as a charge would. */
    void check(Demand demand, StoreImage image) {
        Account.Counting count = counting.apply(image);
        for (CachedObject cached : image.in(QUOTAS, namespace).values()) {
            new Account(cached.parse(), count).charge(demand);
        }
    }

    static boolean any(StoreImage image, String namespace) {
        return !image.all(QUOTAS).isEmpty() && !image.in(QUOTAS, namespace).isEmpty();
    }
}
