package dev.xebec.berths;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/** A place for a ship. */
@Group("berths.example.com")
@Version("v1")
public final class Berth extends CustomResource<BerthSpec, BerthStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
