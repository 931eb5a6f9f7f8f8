package dev.xebec.gateway.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Trap 18: a made-up name that is taken is not the client's concern, unless all of them are. */
class MadeUpNameTest {
    private final List<String> tried = new ArrayList<>();

    private String afterTaken(int taken, String base) {
        return MadeUpName.tried(base, new Random(1), GroupVersionResource.PODS, name -> {
            tried.add(name);
            if (tried.size() <= taken) {
                throw new RejectedException(Status.alreadyExists(GroupVersionResource.PODS, name));
            }
            return name;
        });
    }

    @Test
    void anotherNameIsTriedSevenTimes() {
        assertThat(afterTaken(7, "web-")).isEqualTo(tried.get(7)).matches("web-[a-z0-9]{5}");
        assertThat(tried).hasSize(8).doesNotHaveDuplicates();
    }

    @Test
    void theEighthIsTheLast() {
        assertThatThrownBy(() -> afterTaken(8, "web-")).isInstanceOfSatisfying(RejectedException.class, refused -> {
            assertThat(refused.status().code()).isEqualTo(409);
            assertThat(refused.status().message()).isEqualTo("pods \"" + tried.get(7) + "\" already exists, the server "
                    + "was not able to generate a unique name for the object");
            assertThat(refused.status().retryAfterSeconds()).isEqualTo(1);
        });
        assertThat(tried).hasSize(8);
    }

    @Test
    void whatElseIsRefusedIsNotTriedAgain() {
        assertThatThrownBy(() -> MadeUpName.tried("a", new Random(1), GroupVersionResource.PODS, name -> {
            tried.add(name);
            throw new RejectedException(Status.badRequest("no"));
        })).isInstanceOf(RejectedException.class);
        assertThat(tried).hasSize(1);
    }

    @Test
    void aLongBaseIsCutToFiftyEight() {
        assertThat(afterTaken(0, "x".repeat(100))).hasSize(63);
    }
}
