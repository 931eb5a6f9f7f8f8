package dev.xebec.contracts.member;

import java.util.List;

/** Members of which nobody comes or goes. */
record FixedMembers(List<Member> all) implements Members {
    FixedMembers {
        all = List.copyOf(all);
    }

    @Override
    public List<Member> ready(String role) {
        return all.stream().filter(member -> member.ready() && member.role().equals(role)).toList();
    }

    @Override
    public void onChange(String role, Runnable listener) {
        // Nobody comes or goes.
    }
}
