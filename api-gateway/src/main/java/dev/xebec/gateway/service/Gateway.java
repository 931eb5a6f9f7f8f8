package dev.xebec.gateway.service;

import dev.xebec.contracts.state.StateStore;
import dev.xebec.gateway.access.AccessReviews;
import dev.xebec.gateway.admission.Admission;
import dev.xebec.gateway.admission.Connections;
import dev.xebec.gateway.admission.FieldOwners;
import dev.xebec.gateway.authentication.Authenticator;
import dev.xebec.gateway.backup.BackupPath;
import dev.xebec.gateway.backup.RestorePath;
import dev.xebec.gateway.binding.Binder;
import dev.xebec.gateway.binding.BindingHandler;
import dev.xebec.gateway.bus.GatewayApi;
import dev.xebec.gateway.cache.ReadBarrier;
import dev.xebec.gateway.cache.WatchCache;
import dev.xebec.gateway.conversion.Conversions;
import dev.xebec.gateway.conversion.WebhookConverter;
import dev.xebec.gateway.discovery.ServerPaths;
import dev.xebec.gateway.encode.Encoder;
import dev.xebec.gateway.http.RequestLog;
import dev.xebec.gateway.kinds.ServedKinds;
import dev.xebec.gateway.pipeline.AuthenticatedUsers;
import dev.xebec.gateway.pipeline.Authorizer;
import dev.xebec.gateway.pipeline.Pipeline;
import dev.xebec.gateway.pipeline.Verbs;
import dev.xebec.gateway.read.GetVerb;
import dev.xebec.gateway.read.ListVerb;
import dev.xebec.gateway.read.OpenWatches;
import dev.xebec.gateway.read.ReadRevision;
import dev.xebec.gateway.read.WatchVerb;
import dev.xebec.gateway.registry.Commits;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.gateway.replicas.ReplicasPath;
import dev.xebec.gateway.request.RequestInfoParser;
import dev.xebec.gateway.request.Routes;
import dev.xebec.gateway.subresource.Subresources;
import dev.xebec.gateway.write.ApplyVerb;
import dev.xebec.gateway.write.BodyReader;
import dev.xebec.gateway.write.CreateVerb;
import dev.xebec.gateway.write.DeleteCollectionVerb;
import dev.xebec.gateway.write.DeleteVerb;
import dev.xebec.gateway.write.ObjectMaker;
import dev.xebec.gateway.write.PatchVerb;
import dev.xebec.gateway.write.UpdateVerb;
import dev.xebec.kit.metrics.Metrics;
import dev.xebec.model.custom.CustomResourceKinds;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.gateway.quota.QuotaLedger;
import dev.xebec.gateway.webhook.ConversionCalls;
import dev.xebec.gateway.webhook.WebhookTransport;
import dev.xebec.gateway.webhook.Webhooks;
import dev.xebec.gateway.cache.StoreKey;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.time.InstantSource;

/**
 * The gateway's parts, put together without doors: cache, registry, pipeline and the in-process client.
 */
public final class Gateway implements AutoCloseable {
    private final WatchCache cache;
    private final ServedKinds served;
    private final Pipeline pipeline;
    private final Authorizer authorizer;
    private final GatewayApi api;
    private final RequestLog log;
    private final Routes routes = new Routes();
    private final OpenWatches watches = new OpenWatches();
    private final ObjectRegistry registry;
    private final Admission admission;
    private final BodyReader bodies;
    private final Encoder encoder;

    /** @param serviceCidr where ClusterIP addresses come from, such as {@code 127.128.0.0/16} */
    public Gateway(StateStore store, Commits commits, KindRegistry kinds, InstantSource clock, Metrics metrics,
            String serviceCidr) {
        this(store, commits, kinds, clock, metrics, serviceCidr, WebhookTransport.none());
    }

    /** @param transport by which webhooks are reached */
    public Gateway(StateStore store, Commits commits, KindRegistry kinds, InstantSource clock, Metrics metrics,
            String serviceCidr, WebhookTransport transport) {
        cache = new WatchCache(store);
        ReadBarrier barrier = new ReadBarrier(store, cache);
        served = new ServedKinds(kinds, cache, barrier, CustomResourceKinds::of);
        ReadRevision revisions = new ReadRevision(cache, barrier);
        encoder = new Encoder(clock);
        Conversions conversions = new Conversions(new WebhookConverter(new ConversionCalls(transport, cache::image)));
        registry = new ObjectRegistry(cache, barrier, commits, served, conversions);
        Webhooks webhooks = new Webhooks(registry::image, registry::newest, served::now,
                (wanted, tree) -> served.now().byKind(wanted).map(kind -> conversions.to(kind, tree)).orElse(tree),
                transport, metrics);
        QuotaLedger quotas = new QuotaLedger(registry::image, registry::newest, commits, clock, counted(kinds));
        FieldOwners owners = new FieldOwners(served::now, conversions, clock);
        admission = new Admission(registry, served, owners, serviceCidr, webhooks, quotas);
        bodies = new BodyReader(served::now);
        ObjectMaker maker = new ObjectMaker(registry, admission, clock);
        UpdateVerb updates = new UpdateVerb(bodies, registry, admission, maker, encoder, clock);
        DeleteVerb deletes = new DeleteVerb(bodies, registry, admission, encoder, clock);
        PatchVerb patches = new PatchVerb(registry, updates, new ApplyVerb(registry, updates, maker, owners, encoder),
                encoder);
        ListVerb lists = new ListVerb(revisions, store, conversions, encoder);
        Verbs verbs = new Verbs(new GetVerb(revisions, conversions, encoder), lists,
                new WatchVerb(cache, revisions, served, conversions, encoder, watches),
                new CreateVerb(bodies, maker, encoder),
                updates, patches, deletes,
                new DeleteCollectionVerb(bodies, lists, deletes, encoder));
        RequestInfoParser.KindLookup lookup = resource -> served.atHand().byResource(resource).orElse(null);
        RequestInfoParser parser = new RequestInfoParser(lookup);
        authorizer = new AuthenticatedUsers();
        pipeline = new Pipeline(served, parser, authorizer, routes, verbs);
        AccessReviews.addTo(routes, bodies, parser, authorizer, Authenticator.none(), encoder);
        log = new RequestLog(metrics, routes);
        Binder binder = new Binder(cache, commits, clock);
        BindingHandler bindings = new BindingHandler(kinds, bodies, registry, admission, binder);
        routes.subresource("pods/binding", bindings).resource("bindings", bindings);
        ServerPaths.addChecks(routes, cache, revisions, store);
        routes.path(BackupPath.PATH, new BackupPath(store, clock)).action(RestorePath.PATH, new RestorePath(store))
                .action(ReplicasPath.PATH, new ReplicasPath(store));
        Admission asked = new Admission(registry, served, owners, serviceCidr, null, quotas);
        UpdateVerb askedUpdates = new UpdateVerb(bodies, registry, asked, maker, encoder, clock);
        PatchVerb askedPatches = new PatchVerb(registry, askedUpdates,
                new ApplyVerb(registry, askedUpdates, maker, owners, encoder), encoder);
        Subresources.addTo(routes, kinds, bodies, registry, admission,
                new DeleteVerb(bodies, registry, asked, encoder, clock),
                new Subresources.Ownership(owners, askedPatches.accountedFor()), clock, conversions, encoder);
        routes.guarded(new Connections(admission)::admit);
        api = new GatewayApi(pipeline, served, cache, revisions, log, binder, conversions);
    }

    /** Whether the controllers count the objects of a resource for quotas: those of the built-in kinds. */
    private static Predicate<String> counted(KindRegistry builtIn) {
        Set<String> resources = builtIn.all().stream().map(StoreKey::resourceOf).collect(Collectors.toSet());
        return resources::contains;
    }

    /** Begins to follow the store; does not wait. */
    public void start() {
        cache.start();
    }

    public WatchCache cache() {
        return cache;
    }

    /** The clients' watches over HTTPS. */
    public OpenWatches watches() {
        return watches;
    }

    public ServedKinds served() {
        return served;
    }

    public Pipeline pipeline() {
        return pipeline;
    }

    public Authorizer authorizer() {
        return authorizer;
    }

    public GatewayApi api() {
        return api;
    }

    public RequestLog log() {
        return log;
    }

    /** Where handlers beyond the verbs are added, before {@link #start}. */
    public Routes routes() {
        return routes;
    }

    public ObjectRegistry registry() {
        return registry;
    }

    public Admission admission() {
        return admission;
    }

    public BodyReader bodies() {
        return bodies;
    }

    public Encoder encoder() {
        return encoder;
    }

    @Override
    public void close() {
        cache.close();
    }
}
