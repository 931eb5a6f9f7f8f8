package dev.xebec.gateway.kinds;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.ReadBarrier;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.cache.StoreKey;
import dev.xebec.gateway.cache.WatchCache;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.GroupVersionResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * The registry of kinds as it follows from the definitions in this gateway's cache. Every gateway works it out for itself;
 * a change costs what the changed definitions cost. Thread-safe: an immutable state is swapped by one volatile write.
 */
public final class ServedKinds {
    private static final Set<String> BUILT_IN_GROUPS = KindRegistry.builtIn().groupVersions().stream()
            .map(GroupVersion::group).collect(Collectors.toUnmodifiableSet());

    /** The map of the image that has the definitions. */
    public static final String DEFINITIONS = "apiextensions.k8s.io/customresourcedefinitions";

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final WatchCache cache;
    private final ReadBarrier barrier;
    private final Function<ObjectNode, List<Kind>> reader;
    private final ReentrantLock deriving = new ReentrantLock();
    private final Map<Object, Dependent> dependents = new ConcurrentHashMap<>();
    private volatile State state;

    /** What holds for as long as a kind is served as it is. */
    private record Dependent(Kind kind, Runnable end) {}

    /** @param source the image's map from which the rest follows; compared by identity */
    private record State(TreePMap<String, CachedObject> source, Map<String, Definition> definitions,
            KindRegistry registry) {}

    /** @param reader the kinds that a definition, whose names are the accepted ones, serves */
    public ServedKinds(KindRegistry builtIn, WatchCache cache, ReadBarrier barrier,
            Function<ObjectNode, List<Kind>> reader) {
        this.cache = cache;
        this.barrier = barrier;
        this.reader = reader;
        this.state = new State(TreePMap.empty(), Map.of(), builtIn);
        cache.onImage(this::followInBackground);
    }

    /** What follows from the cache's newest image; works it out where nobody has yet. */
    public KindRegistry now() {
        return present().registry();
    }

    /** Whether the group has kinds that no definition made. */
    public boolean builtInGroup(String group) {
        return BUILT_IN_GROUPS.contains(group);
    }

    /** What was worked out last, at once: for event loops. */
    public KindRegistry atHand() {
        return state.registry();
    }

    /** Whether {@link #atHand} is {@link #now}. */
    public boolean current() {
        return state.source() == cache.image().all(DEFINITIONS);
    }

    /**
     * What follows from every definition that was acknowledged before the call, by whichever gateway. Callers share barriers:
     * however many unknown paths are asked for, the store is asked one question at a time.
     */
    public KindRegistry newest() {
        barrier.await();
        return now();
    }

    /** The kind, asked of the store's newest state before it is said to be unknown. */
    public @Nullable Kind find(GroupVersionResource resource) {
        Kind known = now().byResource(resource).orElse(null);
        return known != null || resource.group().isEmpty() ? known : newest().byResource(resource).orElse(null);
    }

    /** Null for a built-in kind, and where the definition is no more. */
    public @Nullable Definition definition(Kind kind) {
        return kind.custom() == null
                ? null
                : present().definitions().get("/" + kind.plural() + "." + kind.name().group());
    }

    /**
     * As {@link #newest}, but what is at hand where the store does not say within a second: for who would rather know
     * something than nothing.
     */
    public KindRegistry newestIfReachable() {
        CountDownLatch answered = new CountDownLatch(1);
        Thread.ofVirtual().name("kinds-barrier").start(() -> {
            try {
                barrier.await();
                answered.countDown();
            } catch (UnavailableException unreachable) {
                answered.countDown();
            }
        });
        try {
            answered.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return now();
    }

    /** The definitions of one group, established or not. */
    public List<Definition> definitions(String group) {
        String end = "." + group;
        return present().definitions().values().stream().filter(definition -> definition.name().endsWith(end)
                && definition.name().indexOf('.') == definition.name().length() - end.length()).toList();
    }

    private State present() {
        State known = state;
        return known.source() == cache.image().all(DEFINITIONS) ? known : derive();
    }

    private void followInBackground(StoreImage image) {
        if (image.all(DEFINITIONS) != state.source()) {
            Thread.ofVirtual().name("served-kinds").start(this::derive);
        }
    }

    private State derive() {
        deriving.lock();
        try {
            State before = state;
            TreePMap<String, CachedObject> source = cache.image().all(DEFINITIONS);
            if (source == before.source()) {
                return before;
            }
            State after = derive(before, source);
            state = after;
            endOutdated(after.registry());
            return after;
        } finally {
            deriving.unlock();
        }
    }

    /**
     * Calls back, on any thread and once, when the kind is no longer served as it is; at once where that is past. Not for
     * built-in kinds, which are what they are.
     *
     * @return forgets it
     */
    public Runnable whileServed(Kind kind, Runnable end) {
        if (kind.custom() == null) {
            return () -> {
            };
        }
        Object token = new Object();
        dependents.put(token, new Dependent(kind, end));
        endOutdated(state.registry());
        return () -> dependents.remove(token);
    }

    private void endOutdated(KindRegistry registry) {
        dependents.forEach((token, dependent) -> {
            Kind served = registry.byResource(dependent.kind().resource()).orElse(null);
            if (served != dependent.kind() && dependents.remove(token) != null) {
                dependent.end().run();
            }
        });
    }

    private State derive(State before, TreePMap<String, CachedObject> source) {
        Map<String, Definition> definitions = new HashMap<>(before.definitions());
        List<GroupVersionKind> gone = new ArrayList<>();
        List<Kind> come = new ArrayList<>();
        before.source().forEach((key, stored) -> {
            Definition known = definitions.get(key);
            if (known != null && !source.containsKey(key)) {
                definitions.remove(key);
                known.kinds().forEach(kind -> gone.add(kind.name()));
            }
        });
        source.forEach((key, stored) -> {
            Definition known = definitions.get(key);
            if (known == null) {
                Definition fresh = Definition.of(stored, reader);
                definitions.put(key, fresh);
                come.addAll(fresh.kinds());
            } else if (known.revision() != stored.revision()) {
                Definition next = Definition.of(stored, reader, known);
                definitions.put(key, next);
                if (next.kinds() != known.kinds()) {
                    known.kinds().forEach(kind -> gone.add(kind.name()));
                    come.addAll(next.kinds());
                }
            }
        });
        come.removeIf(kind -> builtIn(before.registry(), kind));
        gone.removeIf(name -> KindRegistry.builtIn().byKind(name).isPresent());
        KindRegistry registry = gone.isEmpty() && come.isEmpty()
                ? before.registry()
                : before.registry().changed(gone, come);
        return new State(source, Map.copyOf(definitions), registry);
    }

    /** Whether a map of the image is of custom objects, whether they are still served or not. */
    public static boolean custom(String resource) {
        return !BuiltIn.MAPS.contains(resource) && !resource.startsWith(BuiltIn.OWN);
    }

    private static final class BuiltIn {
        /** The cluster's own keys, objects and others. */
        private static final String OWN = "cluster.xebec.dev/";
        private static final Set<String> MAPS = KindRegistry.builtIn().all().stream().map(StoreKey::resourceOf)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A definition takes nothing away from what comes with the program. */
    private static boolean builtIn(KindRegistry registry, Kind kind) {
        Kind present = registry.byResource(kind.resource()).orElse(null);
        Kind named = registry.byKind(kind.name()).orElse(null);
        return (present != null && present.custom() == null) || (named != null && named.custom() == null);
    }
}
