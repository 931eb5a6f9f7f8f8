package dev.xebec.contracts.member;

import java.util.List;

/**
 * The live members as this process sees them: a hint for sharing work, never a truth. Being wrong costs a conflict.
 */
public interface Members {
    /** Nobody else: what a process that is alone sees. */
    Members NOBODY = fixed(List.of());

    /** Ready members of a role, ordered by name. */
    List<Member> ready(String role);

    /** All members heard of lately, ready or not, ordered by name. */
    List<Member> all();

    /** Calls back, on a virtual thread, after the set of ready members of {@code role} has changed. */
    void onChange(String role, Runnable listener);

    /** Members that never change. @param all ordered by name */
    static Members fixed(List<Member> all) {
        return new FixedMembers(all);
    }
}
