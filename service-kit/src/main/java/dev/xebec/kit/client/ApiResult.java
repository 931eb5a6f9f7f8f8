package dev.xebec.kit.client;

import dev.xebec.model.object.ApiObject;
import dev.xebec.model.status.Status;

/** What an API call gave: the object, or why not. */
public sealed interface ApiResult {

    record Ok(ApiObject object) implements ApiResult {}

    record Refused(Status status) implements ApiResult {}
}
