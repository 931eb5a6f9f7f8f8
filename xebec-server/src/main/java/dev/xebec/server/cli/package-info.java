/**
 * The command line. Start reading at {@link dev.xebec.server.cli.Main}.
 */
@NullMarked
package dev.xebec.server.cli;

import org.jspecify.annotations.NullMarked;
