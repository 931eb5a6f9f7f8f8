/**
 * The cluster of {@code docker-compose.yml} on a real Docker daemon: scaled, killed, cut off and restarted while recorded clients
 * work. Start reading at {@link dev.xebec.system.compose.ComposeTest}.
 */
@NullMarked
package dev.xebec.system.compose;

import org.jspecify.annotations.NullMarked;
