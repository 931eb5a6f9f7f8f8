/**
 * Keeps a cluster's processes running and gives them one address. Start reading at
 * {@link dev.xebec.server.supervisor.Supervisor}.
 */
@NullMarked
package dev.xebec.server.supervisor;

import org.jspecify.annotations.NullMarked;
