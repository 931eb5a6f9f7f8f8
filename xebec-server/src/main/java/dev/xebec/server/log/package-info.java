/**
 * How the processes log. Start reading at {@link dev.xebec.server.log.LogSetup}.
 */
@NullMarked
package dev.xebec.server.log;

import org.jspecify.annotations.NullMarked;
