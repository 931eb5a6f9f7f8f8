/**
 * A node that goes of its own will: its pods move to others first. Start reading at {@link dev.xebec.node.leave.Departure}.
 */
@NullMarked
package dev.xebec.node.leave;

import org.jspecify.annotations.NullMarked;
