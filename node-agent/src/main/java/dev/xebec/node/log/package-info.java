/**
 * A container's output on disk: from the raw capture that the container itself appends to, to stamped, rotated lines.
 *
 * <p>Standard output and error go straight to one append-only capture file each, so that a container never waits for the
 * agent and loses nothing while there is none. The agent moves what is captured into log files in the form of the
 * container runtime interface ({@code TIME stdout F text}), writes down how far it came, and punches the moved part out of
 * the capture, so that disk use stays bounded. A crash between two steps neither loses nor repeats a line. Start reading at
 * {@link dev.xebec.node.log.ContainerLog}.
 */
@NullMarked
package dev.xebec.node.log;

import org.jspecify.annotations.NullMarked;
