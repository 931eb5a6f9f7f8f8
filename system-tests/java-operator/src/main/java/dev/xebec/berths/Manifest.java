package dev.xebec.berths;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;

/** The ConfigMap that each berth has, and that comes back when somebody deletes or changes it. */
@KubernetesDependent(informer = @Informer(labelSelector = Manifest.LABEL))
public final class Manifest extends CRUDKubernetesDependentResource<ConfigMap, Berth> {
    static final String LABEL = "berths.example.com/manifest";

    public Manifest() {
        super(ConfigMap.class);
    }

    @Override
    protected ConfigMap desired(Berth berth, Context<Berth> context) {
        return new ConfigMapBuilder().withNewMetadata().withName(berth.getMetadata().getName() + "-manifest")
                .withNamespace(berth.getMetadata().getNamespace()).addToLabels(LABEL, "").endMetadata()
                .addToData("ship", berth.getSpec().ship()).addToData("tons", Integer.toString(berth.getSpec().tons()))
                .build();
    }
}
