/**
 * The machine's tables on disk. Start reading at {@link dev.xebec.state.rocks.RocksStorage}.
 */
@NullMarked
package dev.xebec.state.rocks;

import org.jspecify.annotations.NullMarked;
