package dev.xebec.gateway.registry;

import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.kit.state.Proposals;
import dev.xebec.kit.state.StateClient;
import dev.xebec.kit.state.StateSettings;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** Commits over any store. They share proposals with whatever else this process has under way, and keep to their limits. */
public final class StoreCommits implements Commits {
    private final Function<Txn, TxnResult> single;
    private final Function<List<Txn>, List<TxnResult>> several;

    private StoreCommits(Function<Txn, TxnResult> single, Function<List<Txn>, List<TxnResult>> several) {
        this.single = single;
        this.several = several;
    }

    public static StoreCommits over(StateClient client) {
        return new StoreCommits(client::commit, client::commitAll);
    }

    /** For a store without a client in front. */
    public static StoreCommits direct(StateStore store) {
        Proposals proposals = new Proposals(store, ThreadLocalRandom.current().nextLong(),
                StateSettings.DEFAULTS.proposalsInFlight());
        return new StoreCommits(proposals::commit, proposals::commitAll);
    }

    @Override
    public TxnResult commit(Txn txn) {
        return single.apply(txn);
    }

    @Override
    public List<TxnResult> commitAll(List<Txn> txns) {
        return several.apply(txns);
    }
}
