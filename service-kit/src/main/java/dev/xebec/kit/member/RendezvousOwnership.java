package dev.xebec.kit.member;

import dev.xebec.contracts.member.Member;
import dev.xebec.contracts.member.Members;
import dev.xebec.contracts.member.Ownership;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Ownership by highest random weight: each member's name and the key give a number, and the member with the highest
 * owns the key. When a member goes, only its keys move; where views agree, there is exactly one owner. Thread-safe;
 * {@link #owns} takes no lock and allocates nothing.
 */
public final class RendezvousOwnership implements Ownership {
    private final Members members;
    private final String role;
    private final String self;
    private final BooleanSupplier reachable;
    private final List<Debounced> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile Share share = Share.NONE;

    /**
     * What owns() needs, computed once per change of the members.
     *
     * @param others one number per other ready member
     * @param claims this replica is among the ready and may claim
     */
    private record Share(boolean claims, long own, long[] others) {
        static final Share NONE = new Share(false, 0, new long[0]);

        boolean sameAs(Share other) {
            return claims == other.claims && own == other.own && Arrays.equals(others, other.others);
        }
    }

    /** @param reachable whether the state service can be reached: without it nothing is claimed */
    public RendezvousOwnership(Members members, String role, String process, BooleanSupplier reachable) {
        this.members = members;
        this.role = role;
        this.reachable = reachable;
        self = role + "@" + process;
        share = current();
        members.onChange(role, this::refresh);
    }

    @Override
    public boolean owns(String key) {
        Share now = share;
        if (!now.claims) {
            return false;
        }
        long hash = hash(key);
        long own = mix(hash ^ now.own);
        for (long other : now.others) {
            long score = mix(hash ^ other);
            // Two members with the same score: the one with the greater number, so that there is still one owner.
            if (score > own || (score == own && other > now.own)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(new Debounced("ownership-of-" + role, listener));
    }

    @Override
    public int sharePercent() {
        Share now = share;
        return now.claims ? 100 / (now.others.length + 1) : 0;
    }

    /** Looks again at who is there and whether the state service can be reached. */
    void refresh() {
        boolean changed;
        refreshing.lock();
        try {
            Share next = current();
            changed = !next.sameAs(share);
            share = next;
        } finally {
            refreshing.unlock();
        }
        if (changed) {
            listeners.forEach(Debounced::call);
        }
    }

    private Share current() {
        List<Member> ready = members.ready(role);
        boolean claims = reachable.getAsBoolean() && ready.stream().anyMatch(member -> member.name().equals(self));
        long[] others = ready.stream().filter(member -> !member.name().equals(self))
                .mapToLong(member -> hash(member.name())).sorted().toArray();
        return new Share(claims, hash(self), others);
    }

    /** FNV-1a over the characters, stirred. */
    static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mix(hash);
    }

    /** The finalizer of MurmurHash3: every bit of the input reaches every bit of the output. */
    private static long mix(long input) {
        long bits = input;
        bits = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
        bits = (bits ^ (bits >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return bits ^ (bits >>> 33);
    }
}
