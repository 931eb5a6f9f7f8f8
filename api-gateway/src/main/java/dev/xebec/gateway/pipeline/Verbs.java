package dev.xebec.gateway.pipeline;

import dev.xebec.gateway.request.Handler;

/** The handlers of the verbs on stored objects. */
public record Verbs(Handler get, Handler list, Handler watch, Handler create, Handler update, Handler patch,
        Handler delete, Handler deleteCollection) {}
