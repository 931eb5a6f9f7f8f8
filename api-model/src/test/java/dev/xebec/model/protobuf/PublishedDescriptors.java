package dev.xebec.model.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Admissionregistration;
import io.kubernetes.client.proto.V1Apiextensions;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Authentication;
import io.kubernetes.client.proto.V1Authorization;
import io.kubernetes.client.proto.V1Batch;
import io.kubernetes.client.proto.V1Certificates;
import io.kubernetes.client.proto.V1Coordination;
import io.kubernetes.client.proto.V1Discovery;
import io.kubernetes.client.proto.V1Events;
import io.kubernetes.client.proto.V1Flowcontrol;
import io.kubernetes.client.proto.V1Networking;
import io.kubernetes.client.proto.V1Node;
import io.kubernetes.client.proto.V1Policy;
import io.kubernetes.client.proto.V1Rbac;
import io.kubernetes.client.proto.V1Resource;
import io.kubernetes.client.proto.V1Scheduling;
import io.kubernetes.client.proto.V1Storage;
import io.kubernetes.client.proto.V1beta1Admissionregistration;
import io.kubernetes.client.proto.V1beta1Certificates;
import io.kubernetes.client.proto.V1beta1Storagemigration;
import io.kubernetes.client.proto.V1Autoscaling;
import io.kubernetes.client.proto.V2Autoscaling;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The protobuf messages that Kubernetes 1.36 publishes, by our names of their packages. */
final class PublishedDescriptors {
    private static final Map<String, FileDescriptor> PACKAGES = new LinkedHashMap<>();

    static {
        PACKAGES.put("core.v1", V1.getDescriptor());
        PACKAGES.put("meta.v1", Meta.getDescriptor());
        PACKAGES.put("apps.v1", V1Apps.getDescriptor());
        PACKAGES.put("batch.v1", V1Batch.getDescriptor());
        PACKAGES.put("autoscaling.v1", V1Autoscaling.getDescriptor());
        PACKAGES.put("autoscaling.v2", V2Autoscaling.getDescriptor());
        PACKAGES.put("authentication.v1", V1Authentication.getDescriptor());
        PACKAGES.put("authorization.v1", V1Authorization.getDescriptor());
        PACKAGES.put("certificates.v1", V1Certificates.getDescriptor());
        PACKAGES.put("certificates.v1beta1", V1beta1Certificates.getDescriptor());
        PACKAGES.put("coordination.v1", V1Coordination.getDescriptor());
        PACKAGES.put("discovery.v1", V1Discovery.getDescriptor());
        PACKAGES.put("events.v1", V1Events.getDescriptor());
        PACKAGES.put("flowcontrol.v1", V1Flowcontrol.getDescriptor());
        PACKAGES.put("networking.v1", V1Networking.getDescriptor());
        PACKAGES.put("node.v1", V1Node.getDescriptor());
        PACKAGES.put("policy.v1", V1Policy.getDescriptor());
        PACKAGES.put("rbac.v1", V1Rbac.getDescriptor());
        PACKAGES.put("resource.v1", V1Resource.getDescriptor());
        PACKAGES.put("scheduling.v1", V1Scheduling.getDescriptor());
        PACKAGES.put("storage.v1", V1Storage.getDescriptor());
        PACKAGES.put("storagemigration.v1beta1", V1beta1Storagemigration.getDescriptor());
        PACKAGES.put("apiextensions.v1", V1Apiextensions.getDescriptor());
        PACKAGES.put("admissionregistration.v1", V1Admissionregistration.getDescriptor());
        PACKAGES.put("admissionregistration.v1beta1", V1beta1Admissionregistration.getDescriptor());
    }

    private PublishedDescriptors() {}

    static Map<String, FileDescriptor> packages() {
        return PACKAGES;
    }

    static Optional<Descriptor> message(String typeName) {
        int dot = typeName.lastIndexOf('.');
        return Optional.ofNullable(PACKAGES.get(typeName.substring(0, dot)))
                .map(file -> file.findMessageTypeByName(typeName.substring(dot + 1)));
    }
}
