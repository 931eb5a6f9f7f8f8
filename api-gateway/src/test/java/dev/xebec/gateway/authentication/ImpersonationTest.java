package dev.xebec.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.model.status.RejectedException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImpersonationTest {
    private static final ApiRequest.User ADMIN = new ApiRequest.User("admin", List.of("system:masters"));

    @Test
    void whoAsksForNobodyStaysHimself() {
        assertThat(Impersonation.of(ADMIN, "", List.of())).isSameAs(ADMIN);
    }

    @Test
    void nothingOfTheUsersOwnGroupsIsLeft() {
        assertThat(Impersonation.of(ADMIN, "bob", List.of("crew")))
                .isEqualTo(new ApiRequest.User("bob", List.of("crew", "system:authenticated")));
    }

    @Test
    void serviceAccountsAreInTheirGroups() {
        assertThat(Impersonation.of(ADMIN, "system:serviceaccount:ns:bot", List.of()).groups()).containsExactly(
                "system:serviceaccounts", "system:serviceaccounts:ns", "system:authenticated");
    }

    @Test
    void nobodyBecomesSomebodyByIt() {
        assertThat(Impersonation.of(ADMIN, "system:anonymous", List.of())).isEqualTo(Authenticator.ANONYMOUS);
        assertThatThrownBy(() -> Impersonation.of(Authenticator.ANONYMOUS, "admin", List.of()))
                .isInstanceOf(RejectedException.class);
    }

    @Test
    void groupsWithoutAUserAreRefused() {
        assertThatThrownBy(() -> Impersonation.of(ADMIN, "", List.of("crew"))).isInstanceOf(RejectedException.class);
    }
}
