/**
 * The Kubernetes API for our own services, in a few words. Start reading at {@link dev.xebec.kit.client.Resources}.
 */
@NullMarked
package dev.xebec.kit.client;

import org.jspecify.annotations.NullMarked;
