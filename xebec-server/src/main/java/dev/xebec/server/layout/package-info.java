/**
 * Where a cluster keeps its files. Start reading at {@link dev.xebec.server.layout.DataDirectory}.
 */
@NullMarked
package dev.xebec.server.layout;

import org.jspecify.annotations.NullMarked;
