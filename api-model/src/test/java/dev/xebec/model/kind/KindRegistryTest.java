package dev.xebec.model.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.model.kind.Kind.Column;
import dev.xebec.model.kind.Kind.DeletePropagation;
import dev.xebec.model.kind.Kind.Subresource;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.schema.Schema.Field;
import dev.xebec.model.schema.Schema.ListOf;
import dev.xebec.model.schema.Schema.ListType;
import dev.xebec.model.schema.Schema.MapOf;
import dev.xebec.model.schema.Schema.Scalar;
import dev.xebec.model.schema.Schema.Struct;
import dev.xebec.model.schema.Schema.Untyped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KindRegistryTest {
    private final KindRegistry registry = KindRegistry.builtIn();

    @Test
    void findsAKindByItsResourceAndByItsName() {
        Kind deployment = registry.byResource("apps", "v1", "deployments").orElseThrow();
        assertThat(deployment.name()).isEqualTo(new GroupVersionKind("apps", "v1", "Deployment"));
        assertThat(registry.byKind(deployment.name())).contains(deployment);
        assertThat(registry.byResource("apps", "v2", "deployments")).isEmpty();
        assertThat(registry.byKind(new GroupVersionKind("", "v1", "Deployment"))).isEmpty();
    }

    @Test
    void servesEveryKindOfKubernetesInTheOrderOfDiscovery() {
        String served = registry.groupVersions().stream().map(groupVersion -> groupVersion + ": "
                + registry.of(groupVersion).stream().map(Kind::plural).collect(Collectors.joining(" ")) + "\n")
                .collect(Collectors.joining());
        assertThat(served).isEqualTo("""
                v1: bindings componentstatuses configmaps endpoints events limitranges namespaces nodes \
                persistentvolumeclaims persistentvolumes pods podtemplates replicationcontrollers resourcequotas \
                secrets serviceaccounts services
                apiregistration.k8s.io/v1: apiservices
                apps/v1: controllerrevisions daemonsets deployments replicasets statefulsets
                events.k8s.io/v1: events
                authentication.k8s.io/v1: selfsubjectreviews tokenreviews
                authorization.k8s.io/v1: localsubjectaccessreviews selfsubjectaccessreviews selfsubjectrulesreviews \
                subjectaccessreviews
                autoscaling/v2: horizontalpodautoscalers
                autoscaling/v1: horizontalpodautoscalers
                batch/v1: cronjobs jobs
                certificates.k8s.io/v1: certificatesigningrequests clustertrustbundles podcertificaterequests
                certificates.k8s.io/v1beta1: clustertrustbundles podcertificaterequests
                networking.k8s.io/v1: ingressclasses ingresses ipaddresses networkpolicies servicecidrs
                policy/v1: poddisruptionbudgets
                rbac.authorization.k8s.io/v1: clusterrolebindings clusterroles rolebindings roles
                storage.k8s.io/v1: csidrivers csinodes csistoragecapacities storageclasses volumeattachments \
                volumeattributesclasses
                admissionregistration.k8s.io/v1: mutatingadmissionpolicies mutatingadmissionpolicybindings \
                mutatingwebhookconfigurations validatingadmissionpolicies validatingadmissionpolicybindings \
                validatingwebhookconfigurations
                admissionregistration.k8s.io/v1beta1: mutatingadmissionpolicies mutatingadmissionpolicybindings
                apiextensions.k8s.io/v1: customresourcedefinitions
                scheduling.k8s.io/v1: priorityclasses
                scheduling.k8s.io/v1beta1: podgroups workloads
                coordination.k8s.io/v1: leases
                coordination.k8s.io/v1beta1: leasecandidates
                node.k8s.io/v1: runtimeclasses
                discovery.k8s.io/v1: endpointslices
                resource.k8s.io/v1: deviceclasses devicetaintrules resourceclaims resourceclaimtemplates \
                resourceslices
                resource.k8s.io/v1beta2: deviceclasses devicetaintrules resourceclaims resourceclaimtemplates \
                resourceslices
                resource.k8s.io/v1beta1: deviceclasses resourceclaims resourceclaimtemplates resourceslices
                flowcontrol.apiserver.k8s.io/v1: flowschemas prioritylevelconfigurations
                storagemigration.k8s.io/v1: storageversionmigrations
                storagemigration.k8s.io/v1beta1: storageversionmigrations
                cluster.xebec.dev/v1alpha1: masters nodeallocations
                """);
    }

    @Test
    void knowsAllOfAPod() {
        Kind pod = registry.byResource("", "v1", "pods").orElseThrow();
        assertThat(pod.singular()).isEqualTo("pod");
        assertThat(pod.listKind()).isEqualTo("PodList");
        assertThat(pod.namespaced()).isTrue();
        assertThat(pod.stored()).isTrue();
        assertThat(pod.shortNames()).containsExactly("po");
        assertThat(pod.categories()).containsExactly("all");
        assertThat(pod.verbs()).containsExactly("create", "delete", "deletecollection", "get", "list", "patch",
                "update", "watch");
        assertThat(pod.subresources()).containsOnlyKeys("attach", "binding", "ephemeralcontainers", "eviction", "exec",
                "log", "portforward", "proxy", "resize", "status");
        assertThat(pod.subresources().get("eviction"))
                .isEqualTo(new Subresource("eviction", new GroupVersionKind("policy", "v1", "Eviction"),
                        Set.of("create")));
        assertThat(pod.subresources().get("status").kind()).isEqualTo(pod.name());
        assertThat(pod.columns()).extracting(Column::name).containsExactly("Ready", "Status", "Restarts", "Age", "IP",
                "Node", "Nominated Node", "Readiness Gates");
        assertThat(pod.columns().get(6).priority()).isEqualTo(1);
        assertThat(pod.selectableFields()).contains("spec.nodeName", "status.phase").hasSize(9);
        assertThat(pod.generation()).isTrue();
        assertThat(pod.unconditionalUpdate()).isTrue();
        assertThat(pod.createOnUpdate()).isFalse();
        assertThat(pod.deletePropagation()).isEqualTo(DeletePropagation.BACKGROUND);
    }

    @Test
    void carriesTheRulesThatDifferFromKindToKind() {
        assertThat(kind("batch", "Job").deletePropagation()).isEqualTo(DeletePropagation.ORPHAN);
        assertThat(kind("", "ReplicationController").deletePropagation()).isEqualTo(DeletePropagation.ORPHAN);
        assertThat(kind("", "Event").deletePropagation()).isEqualTo(DeletePropagation.UNSUPPORTED);
        assertThat(kind("coordination.k8s.io", "Lease").unconditionalUpdate()).isFalse();
        assertThat(kind("coordination.k8s.io", "Lease").createOnUpdate()).isTrue();
        assertThat(kind("", "ConfigMap").generation()).isFalse();
        assertThat(kind("", "Service").createOnUpdate()).isTrue();
        assertThat(kind("authorization.k8s.io", "SelfSubjectAccessReview").verbs()).containsExactly("create");
        assertThat(kind("authorization.k8s.io", "SelfSubjectAccessReview").stored()).isFalse();
    }

    @Test
    void describesTheClustersOwnKinds() {
        Kind master = registry.byResource("cluster.xebec.dev", "v1alpha1", "masters").orElseThrow();
        assertThat(master.namespaced()).isFalse();
        assertThat(master.subresources()).containsOnlyKeys("status");
        assertThat(master.columns()).extracting(Column::name).containsExactly("Role", "Process", "PID", "Address",
                "Health", "Leader", "Share", "Lag", "Age");
        assertThat(registry.type("cluster.v1alpha1.MasterStatus").orElseThrow().fields()).containsOnlyKeys("ready",
                "health", "leader", "sharePercent", "revision", "revisionLag", "lastHeartbeatTime");
        assertThat(registry.byResource("cluster.xebec.dev", "v1alpha1", "nodeallocations")).isPresent();
    }

    @Test
    void tellsServerSideApplyFromStrategicMerge() {
        ListOf ports = (ListOf) field("core.v1.Container", "ports").schema();
        assertThat(ports.listType()).isEqualTo(ListType.MAP);
        assertThat(ports.mapKeys()).containsExactly("containerPort", "protocol");
        assertThat(ports.patchStrategy()).isEqualTo("merge");
        assertThat(ports.mergeKey()).isEqualTo("containerPort");
        assertThat(field("apps.v1.DeploymentSpec", "strategy").patchStrategy()).isEqualTo("retainKeys");
        assertThat(((ListOf) field("meta.v1.ObjectMeta", "finalizers").schema()).listType()).isEqualTo(ListType.SET);
        assertThat(((MapOf) field("core.v1.PodSpec", "nodeSelector").schema()).atomic()).isTrue();
    }

    @Test
    void aFieldMayLoosenAnAtomicType() {
        assertThat(registry.type("core.v1.ObjectReference").orElseThrow().atomic()).isTrue();
        assertThat(((Struct) field("core.v1.PersistentVolumeSpec", "claimRef").schema()).atomic()).isFalse();
    }

    @Test
    void typesMayContainThemselves() {
        MapOf properties = (MapOf) field("apiextensions.v1.JSONSchemaProps", "properties").schema();
        assertThat(((Struct) properties.values()).fields()).containsKey("x-kubernetes-validations");
    }

    @Test
    void anEmbeddedTypeHasAPathOfNumbers() {
        assertThat(field("core.v1.Volume", "configMap").protoPath()).containsExactly(2, 19);
        assertThat(field("admissionregistration.v1.NamedRuleWithOperations", "scope").protoPath()).containsExactly(2, 2,
                4);
    }

    @Test
    void bodiesThatAreNoResourcesHaveATypeToo() {
        for (Map.Entry<GroupVersionKind, String> body : Map.of(
                new GroupVersionKind("autoscaling", "v1", "Scale"), "autoscaling.v1.Scale",
                new GroupVersionKind("policy", "v1", "Eviction"), "policy.v1.Eviction",
                new GroupVersionKind("authentication.k8s.io", "v1", "TokenRequest"), "authentication.v1.TokenRequest",
                new GroupVersionKind("apps", "v1", "DeleteOptions"), "meta.v1.DeleteOptions",
                new GroupVersionKind("", "v1", "DeleteOptions"), "meta.v1.DeleteOptions",
                new GroupVersionKind("", "v1", "PodList"), "core.v1.PodList",
                new GroupVersionKind("", "v1", "Pod"), "core.v1.Pod").entrySet()) {
            assertThat(registry.body(body.getKey()).orElseThrow().typeName()).isEqualTo(body.getValue());
        }
        assertThat(registry.body(new GroupVersionKind("", "v1", "PodSpec"))).isEmpty();
    }

    @Test
    void everyTypeOfEveryPackageCanBeRead() {
        Set<String> unread = new java.util.TreeSet<>();
        for (Kind kind : registry.all()) {
            visit((Struct) kind.schema(), unread);
            assertThat(((Struct) kind.schema()).fields()).containsKeys("apiVersion", "kind", "metadata");
        }
        assertThat(unread).hasSizeGreaterThan(600);
    }

    private static void visit(dev.xebec.model.schema.Schema schema, Set<String> seen) {
        switch (schema) {
            case Struct struct -> {
                if (seen.add(struct.typeName())) {
                    struct.fields().values().forEach(field -> visit(field.schema(), seen));
                }
            }
            case ListOf list -> visit(list.items(), seen);
            case MapOf map -> visit(map.values(), seen);
            case Scalar scalar -> assertThat(scalar.type()).isNotNull();
            case Untyped untyped -> throw new AssertionError("a built-in field without a type");
        }
    }

    @Test
    void discoveryListsTheCoreFirstAndPreferredVersionsBeforeOthers() {
        List<GroupVersion> served = registry.groupVersions();
        assertThat(served.get(0)).isEqualTo(new GroupVersion("", "v1"));
        assertThat(served).doesNotHaveDuplicates();
        assertThat(registry.preferredVersion("autoscaling").version()).isEqualTo("v2");
        assertThat(registry.preferredVersion("resource.k8s.io").version()).isEqualTo("v1");
        assertThat(registry.preferredVersion("cluster.xebec.dev").version()).isEqualTo("v1alpha1");
        assertThatThrownBy(() -> registry.preferredVersion("example.com")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRegistryWithMoreKindsIsAnother() {
        Kind pod = kind("", "Pod");
        Kind[] versions = List.of("v1alpha1", "v2beta1", "v1", "v10").stream()
                .map(version -> renamed(pod, new GroupVersionKind("example.com", version, "Ship"), "ships"))
                .toArray(Kind[]::new);
        KindRegistry more = registry.with(versions);
        assertThat(more.byResource("example.com", "v1", "ships")).contains(versions[2]);
        assertThat(more.preferredVersion("example.com").version()).isEqualTo("v10");
        assertThat(more.groupVersions().subList(registry.groupVersions().size(), more.groupVersions().size()))
                .extracting(GroupVersion::version).containsExactly("v10", "v1", "v2beta1", "v1alpha1");
        assertThat(more.all()).hasSize(registry.all().size() + 4);
        assertThat(registry.byResource("example.com", "v1", "ships")).isEmpty();

        Kind changed = renamed(pod, new GroupVersionKind("example.com", "v1", "Ship"), "vessels");
        KindRegistry replaced = more.with(changed);
        assertThat(replaced.byResource("example.com", "v1", "ships")).isEmpty();
        assertThat(replaced.byResource("example.com", "v1", "vessels")).contains(changed);
    }

    private static Kind renamed(Kind kind, GroupVersionKind name, String plural) {
        return new Kind(name, plural, "ship", "ShipList", kind.namespaced(), kind.verbs(), List.of(), List.of(),
                Map.of(), kind.schema(), List.of(), Set.of(), true, false, false, DeletePropagation.BACKGROUND);
    }

    private Kind kind(String group, String kind) {
        return registry.byKind(new GroupVersionKind(group, "v1", kind)).orElseThrow();
    }

    private Field field(String type, String field) {
        Field found = registry.type(type).orElseThrow().field(field);
        assertThat(found).as(type + "." + field).isNotNull();
        return found;
    }
}
