package dev.xebec.gateway.webhook;

import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.GroupVersionResource;

/** A webhook that is to be asked, about the object in the version that one of its rules names. */
record Invocation(Webhook webhook, GroupVersionResource resource, GroupVersionKind kind) {}
