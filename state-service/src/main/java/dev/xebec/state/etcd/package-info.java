/**
 * The store on an etcd cluster: each replica is a way into it, and none of them leads. Start reading at
 * {@link dev.xebec.state.etcd.EtcdStateStore}.
 */
@NullMarked
package dev.xebec.state.etcd;

import org.jspecify.annotations.NullMarked;
