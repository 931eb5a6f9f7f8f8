/**
 * The same requests to a cluster and to a real kube-apiserver, whose answers have to be equal but for uids, revisions and
 * times. Start at {@link dev.xebec.system.peer.PeerTest}; runs only with {@code -Ppeer}.
 */
@NullMarked
package dev.xebec.system.peer;

import org.jspecify.annotations.NullMarked;
