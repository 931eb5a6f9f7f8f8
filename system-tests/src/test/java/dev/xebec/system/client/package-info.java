/** Clients that work against a real cluster all the while and write down what they did. Start reading at {@code ClientFleet}. */
@NullMarked
package dev.xebec.system.client;

import org.jspecify.annotations.NullMarked;
