/**
 * One request on its way: what was asked, and what is answered. Start reading at
 * {@link dev.xebec.gateway.request.Call} and {@link dev.xebec.gateway.request.Handler}.
 *
 * <p>A request runs through {@code pipeline.Pipeline}: {@link dev.xebec.gateway.request.RequestInfo} says what its path
 * means, authentication has filled {@link dev.xebec.gateway.request.Call#user()}, authorization looks at both, and then a
 * {@link dev.xebec.gateway.request.Handler} found by {@link dev.xebec.gateway.request.Routes} answers. To add something to
 * the API, write a handler and add it to the routes:
 * <ul>
 * <li>{@code routes.path("/version", handler)}: one path without a resource, {@code routes.prefix("/openapi/v3", handler)}:
 * it and all below it;
 * <li>{@code routes.subresource("pods/log", handler)}: a subresource, by the group-resource and its name; all methods come
 * to it, and what it does not serve it refuses with 405. {@code status} and what is stored with the object need none;
 * <li>{@code routes.resource("tokenreviews.authentication.k8s.io", handler)}: a kind that is only posted.
 * </ul>
 * A handler runs on a virtual thread and may block. It refuses by throwing
 * {@link dev.xebec.model.status.RejectedException} or by {@link dev.xebec.gateway.request.Answer#refused}; the world's
 * failures are {@link dev.xebec.contracts.UnavailableException}. Nothing else may leave it: it would be answered 500.
 */
@NullMarked
package dev.xebec.gateway.request;

import org.jspecify.annotations.NullMarked;
