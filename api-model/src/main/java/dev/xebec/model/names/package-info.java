/**
 * What Kubernetes lets a name, a label or an annotation key be. Start reading at {@link dev.xebec.model.names.Names}.
 *
 * <p>Depends on nothing.
 */
@NullMarked
package dev.xebec.model.names;

import org.jspecify.annotations.NullMarked;
