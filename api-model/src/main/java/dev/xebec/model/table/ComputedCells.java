package dev.xebec.model.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.ApiObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The cells that a path cannot say, by the name that kinds' descriptions use after {@code fn:}. */
final class ComputedCells {
    static final Map<String, Cell> BY_NAME = all();

    private ComputedCells() {}

    private static Map<String, Cell> all() {
        Map<String, Cell> cells = new HashMap<>();
        general(cells);
        workloads(cells);
        cluster(cells);
        network(cells);
        storage(cells);
        policy(cells);
        return Map.copyOf(cells);
    }

    private static Cell number(String path) {
        return (object, now) -> at(object, path).asInt();
    }

    private static Cell truth(String path, boolean whenAbsent) {
        return (object, now) -> at(object, path).asBoolean(whenAbsent);
    }

    private static Cell count(String path) {
        return (object, now) -> at(object, path).size();
    }

    private static Cell text(String path, String whenEmpty) {
        return (object, now) -> Text.or(Text.of(object.tree(), path), whenEmpty);
    }

    private static JsonNode at(ApiObject object, String path) {
        JsonNode node = object.tree();
        for (String field : path.split("\\.")) {
            node = node.path(field);
        }
        return node;
    }

    private static void general(Map<String, Cell> cells) {
        cells.put("age", (object, now) -> Durations.since(object.metadata().path("creationTimestamp"), now));
        cells.put("createdAt", text("metadata.creationTimestamp", ""));
        cells.put("dataCount", (object, now) -> at(object, "data").size() + at(object, "binaryData").size());
        cells.put("selector", WorkloadCells::selector);
        cells.put("containers", WorkloadCells::containers);
        cells.put("images", WorkloadCells::images);
        cells.put("podLabels", (object, now) -> Text.labels(at(object, "template.metadata.labels")));
        cells.put("controllerName", WorkloadCells::controllerName);
    }

    private static void workloads(Map<String, Cell> cells) {
        cells.put("podReady", PodCells::ready);
        cells.put("podStatus", PodCells::status);
        cells.put("podRestarts", PodCells::restarts);
        cells.put("podReadinessGates", PodCells::readinessGates);
        cells.put("podIp", (pod, now) -> Text.or(pod.status().path("podIPs").path(0).path("ip").asText(""),
                Text.or(Text.of(pod.status(), "podIP"), Text.NONE)));
        cells.put("podNode", text("spec.nodeName", Text.NONE));
        cells.put("podNominatedNode", text("status.nominatedNodeName", Text.NONE));
        cells.put("deploymentReady", WorkloadCells::ready);
        cells.put("statefulSetReady", WorkloadCells::ready);
        cells.put("availableReplicas", number("status.availableReplicas"));
        cells.put("updatedReplicas", number("status.updatedReplicas"));
        cells.put("readyReplicas", number("status.readyReplicas"));
        cells.put("currentReplicas", number("status.replicas"));
        cells.put("daemonSetDesired", number("status.desiredNumberScheduled"));
        cells.put("daemonSetCurrent", number("status.currentNumberScheduled"));
        cells.put("daemonSetReady", number("status.numberReady"));
        cells.put("daemonSetUpdated", number("status.updatedNumberScheduled"));
        cells.put("daemonSetAvailable", number("status.numberAvailable"));
        cells.put("nodeSelector", (object, now) -> Text.labels(at(object, "spec.template.spec.nodeSelector")));
        cells.put("jobStatus", WorkloadCells::jobStatus);
        cells.put("jobCompletions", WorkloadCells::jobCompletions);
        cells.put("jobDuration", WorkloadCells::jobDuration);
        cells.put("cronJobActive", count("status.active"));
        cells.put("cronJobLastSchedule", WorkloadCells::cronJobLastSchedule);
        cells.put("cronJobSuspend", WorkloadCells::cronJobSuspend);
        cells.put("cronJobTimeZone", text("spec.timeZone", Text.NONE));
        cells.put("hpaReference", WorkloadCells::hpaReference);
        cells.put("hpaTargets", WorkloadCells::hpaTargets);
        cells.put("hpaMinPods", WorkloadCells::hpaMinPods);
        cells.put("hpaReplicas", number("status.currentReplicas"));
        cells.put("pdbMinAvailable", text("spec.minAvailable", "N/A"));
        cells.put("pdbMaxUnavailable", text("spec.maxUnavailable", "N/A"));
        cells.put("pdbAllowedDisruptions", number("status.disruptionsAllowed"));
        cells.put("priorityValue", number("value"));
        cells.put("priorityGlobalDefault", truth("globalDefault", false));
    }

    private static void cluster(Map<String, Cell> cells) {
        cells.put("nodeStatus", ClusterCells::nodeStatus);
        cells.put("nodeRoles", ClusterCells::nodeRoles);
        cells.put("nodeInternalIp", ClusterCells.nodeAddress("InternalIP"));
        cells.put("nodeExternalIp", ClusterCells.nodeAddress("ExternalIP"));
        cells.put("nodeOsImage", ClusterCells.nodeInfo("osImage"));
        cells.put("nodeKernelVersion", ClusterCells.nodeInfo("kernelVersion"));
        cells.put("nodeContainerRuntime", ClusterCells.nodeInfo("containerRuntimeVersion"));
        cells.put("eventFirstSeen", ClusterCells::eventFirstSeen);
        cells.put("eventLastSeen", ClusterCells::eventLastSeen);
        cells.put("eventCount", ClusterCells::eventCount);
        cells.put("eventObject", ClusterCells::eventObject);
        cells.put("eventSubobject", ClusterCells::eventSubobject);
        cells.put("eventSource", ClusterCells::eventSource);
        cells.put("eventMessage", ClusterCells::eventMessage);
        cells.put("quotaRequest", ClusterCells.quota(false));
        cells.put("quotaLimit", ClusterCells.quota(true));
        cells.put("csrCondition", ClusterCells::csrCondition);
        cells.put("csrDuration", ClusterCells::csrDuration);
        cells.put("componentStatus", ClusterCells::componentStatus);
        cells.put("componentMessage", (one, now) -> Text.of(ClusterCells.componentHealth(one), "message"));
        cells.put("componentError", (one, now) -> Text.of(ClusterCells.componentHealth(one), "error"));
        cells.put("masterShare", ClusterCells::masterShare);
        cells.put("apiServiceAvailable", ClusterCells.condition("Available"));
        cells.put("apiServiceBackend", (one, now) -> at(one, "spec.service").isObject()
                ? Text.of(one.spec(), "service.namespace") + "/" + Text.of(one.spec(), "service.name")
                : "Local");
        cells.put("podCertificateState",
                ClusterCells.lastOf(Set.of("Issued", "Denied", "Failed"), condition -> true, "Pending"));
        cells.put("podCertificateAnnotations",
                (one, now) -> Text.labels(one.spec().path("unverifiedUserAnnotations")));
        cells.put("definitionVersions", ClusterCells::definitionVersions);
        cells.put("definitionShortNames",
                (one, now) -> Text.join(at(one, "spec.names.shortNames"), JsonNode::asText, ","));
        cells.put("definitionEstablished", (one, now) -> ClusterCells.isTrue(one, "Established"));
        cells.put("taintAdded", (one, now) -> at(one, "spec.taint.timeAdded").isTextual()
                ? Durations.since(at(one, "spec.taint.timeAdded"), now)
                : "");
        cells.put("migrationStatus", ClusterCells.lastOf(Set.of("Running", "Failed", "Succeeded"),
                condition -> Text.of(condition, "status").equals("True"), "Unknown"));
        cells.put("migrationResource", (one, now) -> {
            String group = Text.of(one.spec(), "resource.group");
            return Text.of(one.spec(), "resource.resource") + (group.isEmpty() ? "" : "." + group);
        });
    }

    private static void network(Map<String, Cell> cells) {
        cells.put("serviceClusterIp", NetworkCells::clusterIp);
        cells.put("serviceExternalIp", NetworkCells::externalIp);
        cells.put("servicePorts", NetworkCells::ports);
        cells.put("serviceSelector", (service, now) -> Text.labels(service.spec().path("selector")));
        cells.put("serviceCidrs", (one, now) -> Text.join(one.spec().path("cidrs"), JsonNode::asText, ","));
        cells.put("endpoints", NetworkCells::endpoints);
        cells.put("sliceEndpoints", NetworkCells::sliceEndpoints);
        cells.put("slicePorts", NetworkCells::slicePorts);
        cells.put("ingressHosts", NetworkCells::ingressHosts);
        cells.put("ingressClass", NetworkCells::ingressClass);
        cells.put("ingressAddress", NetworkCells::ingressAddress);
        cells.put("ingressPorts", NetworkCells::ingressPorts);
        cells.put("ingressClassParameters", (one, now) -> NetworkCells.reference(one.spec().path("parameters")));
        cells.put("ipAddressParent", (one, now) -> NetworkCells.reference(one.spec().path("parentRef")));
        cells.put("networkPolicySelector", (one, now) -> Text.selector(one.spec().path("podSelector")));
    }

    private static void storage(Map<String, Cell> cells) {
        cells.put("volumeStatus", StorageCells::status);
        cells.put("claimStatus", StorageCells::status);
        cells.put("volumeStorageClass", StorageCells::storageClass);
        cells.put("claimStorageClass", StorageCells::storageClass);
        cells.put("volumeAttributesClass", StorageCells::attributesClass);
        cells.put("volumeMode", StorageCells::volumeMode);
        cells.put("volumeAccessModes", StorageCells::volumeModes);
        cells.put("volumeCapacity", StorageCells::volumeCapacity);
        cells.put("volumeClaim", StorageCells::volumeClaim);
        cells.put("claimAccessModes", StorageCells::claimModes);
        cells.put("claimCapacity", StorageCells::claimCapacity);
        cells.put("storageClassName", StorageCells.className("storageclass.kubernetes.io/is-default-class"));
        cells.put("volumeAttributesClassName",
                StorageCells.className("volumeattributesclass.alpha.kubernetes.io/is-default-class"));
        cells.put("storageClassReclaimPolicy", text("reclaimPolicy", "Delete"));
        cells.put("storageClassBindingMode", text("volumeBindingMode", "Immediate"));
        cells.put("storageClassExpansion", truth("allowVolumeExpansion", false));
        cells.put("attached", truth("status.attached", false));
        cells.put("csiDriverAttachRequired", truth("spec.attachRequired", true));
        cells.put("csiDriverPodInfo", truth("spec.podInfoOnMount", false));
        cells.put("csiDriverStorageCapacity", truth("spec.storageCapacity", false));
        cells.put("csiDriverModes", (one, now) -> Text.or(
                Text.join(one.spec().path("volumeLifecycleModes"), JsonNode::asText, ","), Text.NONE));
        cells.put("csiDriverRequiresRepublish", truth("spec.requiresRepublish", false));
        cells.put("csiDriverTokenRequests", (one, now) -> Text.or(
                Text.join(one.spec().path("tokenRequests"), token -> Text.of(token, "audience"), ","), Text.UNSET));
        cells.put("csiNodeDrivers", count("spec.drivers"));
        cells.put("resourceClaimState", (one, now) -> {
            String state = at(one, "status.allocation").isObject() ? "allocated" : "";
            String reserved = at(one, "status.reservedFor").isEmpty() ? "" : "reserved";
            String both = state.isEmpty() || reserved.isEmpty() ? state + reserved : state + "," + reserved;
            return Text.or(one.deleting() && !both.isEmpty() ? "deleted," + both : both, "pending");
        });
        cells.put("resourceSliceNode", (one, now) -> Text.or(Text.of(one.spec(), "nodeName"),
                one.spec().path("allNodes").asBoolean() ? "<all>" : Text.NONE));
    }

    private static void policy(Map<String, Cell> cells) {
        cells.put("bindingRole",
                (one, now) -> Text.of(one.tree(), "roleRef.kind") + "/" + Text.of(one.tree(), "roleRef.name"));
        cells.put("bindingUsers", NetworkCells.subjects("User"));
        cells.put("bindingGroups", NetworkCells.subjects("Group"));
        cells.put("bindingServiceAccounts", NetworkCells.subjects("ServiceAccount"));
        cells.put("webhookCount", count("webhooks"));
        cells.put("validationCount", count("spec.validations"));
        cells.put("mutationCount", count("spec.mutations"));
        cells.put("policyParamKind", (one, now) -> at(one, "spec.paramKind").isObject()
                ? Text.of(one.spec(), "paramKind.apiVersion") + "/" + Text.of(one.spec(), "paramKind.kind")
                : Text.UNSET);
        cells.put("bindingParamRef", (one, now) -> {
            JsonNode reference = one.spec().path("paramRef");
            String name = Text.of(reference, "name");
            String namespace = Text.of(reference, "namespace");
            if (!name.isEmpty()) {
                return (namespace.isEmpty() ? "*" : namespace) + "/" + name;
            }
            return reference.path("selector").isObject() ? Text.selector(reference.path("selector")) : Text.UNSET;
        });
        cells.put("flowDistinguisher", text("spec.distinguisherMethod.type", Text.NONE));
        cells.put("flowMissingPriorityLevel", (one, now) -> {
            for (JsonNode condition : one.status().path("conditions")) {
                if (Text.of(condition, "type").equals("Dangling")) {
                    return Text.of(condition, "status");
                }
            }
            return "?";
        });
        for (Map.Entry<String, List<String>> entry : Map.of("flowShares",
                List.of("spec.limited.nominalConcurrencyShares", "spec.exempt.nominalConcurrencyShares"), "flowQueues",
                List.of("spec.limited.limitResponse.queuing.queues"), "flowHandSize",
                List.of("spec.limited.limitResponse.queuing.handSize"), "flowQueueLength",
                List.of("spec.limited.limitResponse.queuing.queueLengthLimit")).entrySet()) {
            cells.put(entry.getKey(), (one, now) -> entry.getValue().stream().map(path -> Text.of(one.tree(), path))
                    .filter(text -> !text.isEmpty()).findFirst().orElse(Text.NONE));
        }
    }
}
