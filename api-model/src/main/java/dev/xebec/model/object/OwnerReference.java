package dev.xebec.model.object;

/** An entry of {@code metadata.ownerReferences}. Source: meta/v1 OwnerReference. */
public record OwnerReference(String apiVersion, String kind, String name, String uid, boolean controller,
        boolean blockOwnerDeletion) {}
