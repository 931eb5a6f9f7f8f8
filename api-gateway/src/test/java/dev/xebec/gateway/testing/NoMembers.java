package dev.xebec.gateway.testing;

import dev.xebec.contracts.member.Member;
import dev.xebec.contracts.member.Members;
import java.util.List;

/** A cluster of nobody, for a gateway that is alone. */
public final class NoMembers implements Members {
    @Override
    public List<Member> ready(String role) {
        return List.of();
    }

    @Override
    public List<Member> all() {
        return List.of();
    }

    @Override
    public void onChange(String role, Runnable listener) {
        // nobody ever comes or goes
    }
}
