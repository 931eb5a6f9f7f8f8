/**
 * Local caches of the cluster's objects, kept by watches. Start reading at
 * {@link dev.xebec.kit.informer.Informer}.
 */
@NullMarked
package dev.xebec.kit.informer;

import org.jspecify.annotations.NullMarked;
