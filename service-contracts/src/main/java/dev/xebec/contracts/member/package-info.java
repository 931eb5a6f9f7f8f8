/**
 * Who is there: members of the cluster and what they say of themselves.
 */
@NullMarked
package dev.xebec.contracts.member;

import org.jspecify.annotations.NullMarked;
