/**
 * Who is there and who works on what: heartbeats of the cluster's services, and ownership of keys that follows from
 * them. Start reading at {@link dev.xebec.kit.member.Membership}. Nothing here is needed for correctness.
 */
@NullMarked
package dev.xebec.kit.member;

import org.jspecify.annotations.NullMarked;
