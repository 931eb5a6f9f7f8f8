package dev.xebec.berths;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps a berth's manifest, says in its status what it costs, and notes that its ship left when it is deleted. */
@Workflow(dependents = @Dependent(type = Manifest.class))
@ControllerConfiguration(name = "berths", finalizerName = "berths.example.com/leave")
final class BerthReconciler implements Reconciler<Berth>, Cleaner<Berth> {
    private static final String TARIFF = "berths.example.com/tariff";
    private static final String TARIFFS = "tariffs";

    private final String identity;

    BerthReconciler(String identity) {
        this.identity = identity;
    }

    /** A tariff concerns every berth that names it. */
    @Override
    public List<EventSource<?, Berth>> prepareEventSources(EventSourceContext<Berth> context) {
        return List.of(new InformerEventSource<>(InformerEventSourceConfiguration.from(ConfigMap.class, Berth.class)
                .withName(TARIFFS).withLabelSelector(TARIFF)
                .withSecondaryToPrimaryMapper(tariff -> concerned(context, tariff))
                .withPrimaryToSecondaryMapper((Berth berth) -> Set
                        .of(new ResourceID(berth.getSpec().tariff(), berth.getMetadata().getNamespace())))
                .build(), context));
    }

    private static Set<ResourceID> concerned(EventSourceContext<Berth> context, ConfigMap tariff) {
        return context.getPrimaryCache().list(tariff.getMetadata().getNamespace())
                .filter(berth -> berth.getSpec().tariff().equals(tariff.getMetadata().getName()))
                .map(ResourceID::fromResource).collect(Collectors.toSet());
    }

    @Override
    public UpdateControl<Berth> reconcile(Berth berth, Context<Berth> context) {
        ConfigMap tariff = context.getSecondaryResource(ConfigMap.class, TARIFFS).orElse(null);
        Berth told = new Berth();
        told.getMetadata().setName(berth.getMetadata().getName());
        told.getMetadata().setNamespace(berth.getMetadata().getNamespace());
        told.setStatus(new BerthStatus(berth.getMetadata().getGeneration(), fee(berth, tariff), identity));
        return UpdateControl.patchStatus(told);
    }

    private static long fee(Berth berth, @Nullable ConfigMap tariff) {
        return tariff == null ? -1 : berth.getSpec().tons() * Long.parseLong(tariff.getData().get("ton"));
    }

    @Override
    public DeleteControl cleanup(Berth berth, Context<Berth> context) {
        context.getClient().configMaps().inNamespace(berth.getMetadata().getNamespace()).resource(
                new ConfigMapBuilder().withNewMetadata().withName(berth.getMetadata().getName() + "-left").endMetadata()
                        .addToData("ship", berth.getSpec().ship()).build())
                .serverSideApply();
        return DeleteControl.defaultDelete();
    }
}
