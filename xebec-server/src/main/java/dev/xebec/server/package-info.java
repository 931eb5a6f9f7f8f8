/**
 * Puts services into one process or many. Start reading at {@link dev.xebec.server.cli.Main}.
 */
@NullMarked
package dev.xebec.server;

import org.jspecify.annotations.NullMarked;
