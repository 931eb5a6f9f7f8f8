/**
 * The replicated store: Apache Ratis orders entries and keeps its log, the pure machine applies them to RocksDB. Start
 * reading at {@link dev.xebec.state.raft.RaftStateStore}. Nothing outside this package and the
 * transport knows Ratis.
 */
@NullMarked
package dev.xebec.state.raft;

import org.jspecify.annotations.NullMarked;
