package dev.xebec.model.advice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.defaulting.Defaulting;
import dev.xebec.model.facts.MinimalObjects;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.yaml.YamlDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What kube-apiserver 1.37 warned of the same objects. */
class AdviceTest {

    private static ObjectNode object(String kind, String patch) {
        ObjectNode object = MinimalObjects.patched(kind,
                (ObjectNode) YamlDecoder.decode(("p: " + patch).getBytes(StandardCharsets.UTF_8)).path("p"));
        Defaulting.apply(MinimalObjects.kindOf(object), object);
        return object;
    }

    private static List<String> onCreate(String kind, String patch) {
        ObjectNode object = object(kind, patch);
        return Advice.on(MinimalObjects.kindOf(object), object, null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "Pod | {spec: {volumes: [{name: a, rbd: {monitors: [m], image: i}}]}} | spec.volumes[0].rbd: deprecated in v1.28, non-functional in v1.31+",
            "Pod | {spec: {volumes: [{name: a, cephfs: {monitors: [m]}}]}} | spec.volumes[0].cephfs: deprecated in v1.28, non-functional in v1.31+",
            "Pod | {spec: {volumes: [{name: a, storageos: {}}]}} | spec.volumes[0].storageOS: deprecated in v1.22, non-functional in v1.25+",
            "Pod | {spec: {affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: k}]}}}} | spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector: a null labelSelector results in matching no pod",
            "Pod | {spec: {affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: {topologyKey: k}}]}}}} | spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.labelSelector: a null labelSelector results in matching no pod",
            "Pod | {spec: {affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: k, labelSelector: {}}]}}}} | ``",
            "Pod | {spec: {imagePullSecrets: [{name: a}, {name: a}]}} | spec.imagePullSecrets[1].name: duplicate name \"a\"",
            "Pod | {spec: {hostAliases: [{ip: 10.0.0.1}, {ip: 10.0.0.1}]}} | spec.hostAliases[1].ip: duplicate ip \"10.0.0.1\"",
            "Pod | {spec: {hostAliases: [{ip: '0:0::1'}]}} | spec.hostAliases[0].ip: IPv6 address \"0:0::1\" should be in RFC 5952 canonical format (\"::1\")",
            "Pod | {spec: {dnsConfig: {nameservers: ['::ffff:1.2.3.4']}}} | spec.dnsConfig.nameservers[0]: non-standard IP address \"::ffff:1.2.3.4\" is invalid: use \"1.2.3.4\"",
            "Pod | {spec: {volumes: [{name: v, projected: {sources: [{}]}}]}} | volume \"v\" (Projected) has no sources provided",
            "Pod | {spec: {volumes: [{name: v, configMap: {name: c, items: [{key: a, path: p}, {key: b, path: p/q}]}}]}} | volume \"v\" (ConfigMap \"c\"): overlapping paths: \"p/q\" with \"p\"",
            "Pod | {spec: {volumes: [{name: v, configMap: {name: c, items: [{key: a, path: p}, {key: b, path: pq}]}}]}} | ``",
            "Pod | {spec: {containers: [{name: a, image: i, ports: [{containerPort: 80, hostIP: 1.2.3.4}]}]}} | spec.containers[0].ports[0]: hostIP set without hostPort: {Name: HostPort:0 ContainerPort:80 Protocol:TCP HostIP:1.2.3.4}",
            "Pod | {spec: {containers: [{name: a, image: i, ports: [{containerPort: 80}]}, {name: b, image: i, ports: [{containerPort: 80}]}]}} | spec.containers[1].ports[0]: duplicate port definition with spec.containers[0].ports[0]",
            "Pod | {spec: {containers: [{name: a, image: i, resources: {requests: {memory: 100m}}}]}} | spec.containers[0].resources.requests[memory]: fractional byte value \"100m\" is invalid, must be an integer",
            "Pod | {spec: {containers: [{name: a, image: i, env: [{name: X, value: a}, {name: X, value: b}]}]}} | spec.containers[0].env[1]: hides previous definition of \"X\", which may be dropped when using apply",
            "Pod | {spec: {containers: [{name: a, image: i, env: [{name: X, value: a}, {name: X, value: $(X)b}]}]}} | ``",
            "Pod | {metadata: {name: a.b}} | metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]",
            "DaemonSet | {metadata: {name: a.b}} | ``", "StatefulSet | {metadata: {name: a.b}} | ``",
            "CronJob | {spec: {jobTemplate: {spec: {template: {spec: {nodeSelector: {beta.kubernetes.io/os: linux}}}}}}} | spec.jobTemplate.spec.template.spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use \"kubernetes.io/os\" instead",
            "Service | {spec: {externalName: a.b}} | spec.externalName is ignored when spec.type is not \"ExternalName\"",
            "Service | {spec: {trafficDistribution: PreferClose}} | spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"",
            "Service | {spec: {loadBalancerIP: 1.2.3.4}} | ``",
            "CSIDriver | {spec: {tokenRequests: [{audience: a}]}} | spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes",
            "PersistentVolume | {spec: {persistentVolumeReclaimPolicy: Recycle}} | spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.",
            "ResourceQuota | {spec: {hard: {cpu: 2, limits.cpu: 1}}} | ResourceQuota cpu (2) should be less than limits.cpu (1)",
            "NetworkPolicy | {spec: {ingress: [{from: [{ipBlock: {cidr: 10.0.0.1/8}}]}]}} | spec.ingress[0].from[0].ipBlock.cidr: CIDR value \"10.0.0.1/8\" is ambiguous in this context (should be \"10.0.0.0/8\" or \"10.0.0.1/32\"?)",
            "Node | {spec: {podCIDRs: ['FD00::/64']}} | spec.podCIDRs[0]: IPv6 CIDR value \"FD00::/64\" should be in RFC 5952 canonical format (\"fd00::/64\")"})
    void aNewObjectIsWarnedOf(String kind, String patch, String expected) {
        assertThat(onCreate(kind, patch)).isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
    }

    @Test
    void whatATemplateIsWarnedOfIsNotSaidAgainUntilItsObjectWantsSomethingElse() {
        String old = "{spec: {template: {spec: {nodeSelector: {beta.kubernetes.io/os: linux}}}}}";
        ObjectNode before = object("Deployment", old);
        ObjectNode labelled = before.deepCopy();
        labelled.withObject("/metadata/labels").put("a", "b");
        ObjectNode scaled = before.deepCopy();
        scaled.withObject("/spec").put("replicas", 7);
        Kind kind = MinimalObjects.kindOf(before);
        assertThat(Advice.on(kind, before, null)).hasSize(1);
        assertThat(Advice.on(kind, labelled, before)).isEmpty();
        assertThat(Advice.on(kind, scaled, before)).hasSize(1);
    }

    @Test
    void aChangeOfAPodIsNotWarnedOf() {
        ObjectNode pod = object("Pod", "{spec: {imagePullSecrets: [{}]}}");
        Kind kind = MinimalObjects.kindOf(pod);
        assertThat(Advice.on(kind, pod, null))
                .containsExactly("spec.imagePullSecrets[0].name: invalid empty name \"\"");
        assertThat(Advice.on(kind, pod, pod)).isEmpty();
    }

    @Test
    void aDefinitionIsWarnedOfFormatsThatNobodyChecks() {
        String patch = "{spec: {versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: "
                + "object, properties: {a: {type: string, format: date-time}, b: {type: string, format: odd}, "
                + "c: {type: integer, format: uint8}}}}}]}}";
        assertThat(onCreate("CustomResourceDefinition", patch)).containsExactly("unrecognized format \"odd\"",
                "unrecognized format \"uint8\"");
        ObjectNode same = object("CustomResourceDefinition", patch);
        assertThat(Advice.on(MinimalObjects.kindOf(same), same, same)).isEmpty();
    }
}
