/**
 * The bus door of the gateway: the Kubernetes API as records. Start reading at
 * {@link dev.xebec.contracts.api.ApiClient}.
 */
@NullMarked
package dev.xebec.contracts.api;

import org.jspecify.annotations.NullMarked;
