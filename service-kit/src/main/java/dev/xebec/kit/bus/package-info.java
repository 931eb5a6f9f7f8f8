/**
 * Requests and streams over the Vert.x event bus, local or clustered. Start reading at {@link dev.xebec.kit.bus.Bus}.
 * The bus may lose, repeat or delay anything; what is here notices and says so.
 */
@NullMarked
package dev.xebec.kit.bus;

import org.jspecify.annotations.NullMarked;
