package dev.xebec.state.raft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A log that failed on a full disk stays silent for ever, also when there is room again. */
class LogWatchTest {
    private boolean open = true;
    private long taken = 10;
    private long written = 10;
    private long committed = 10;
    private long applied = 10;

    private final LogWatch watch = new LogWatch(new LogWatch.Log() {
        @Override
        public boolean open() {
            return open;
        }

        @Override
        public long taken() {
            return taken;
        }

        @Override
        public long written() {
            return written;
        }

        @Override
        public long committed() {
            return committed;
        }

        @Override
        public long applied() {
            return applied;
        }
    }, why -> {
    });

    @Test
    void anIdleLogIsWell() {
        assertThat(looks(10 * LogWatch.PATIENCE_LOOKS)).isEmpty();
    }

    @Test
    void aSlowLogIsWell() {
        taken = 1_000;
        committed = 1_000;
        for (int step = 0; step < 20; step++) {
            assertThat(looks(LogWatch.PATIENCE_LOOKS - 1)).isEmpty();
            written++;
            applied++;
        }
    }

    @Test
    void entriesThatNeverComeToDiskAreAFailure() {
        taken = 11;
        assertThat(looks(LogWatch.PATIENCE_LOOKS - 1)).isEmpty();
        assertThat(looks(2)).contains("entries after 10 do not come to disk");
    }

    @Test
    void entriesThatAreNeverAppliedAreAFailure() {
        committed = 12;
        assertThat(looks(LogWatch.PATIENCE_LOOKS + 1)).contains("entries after 10 are not applied");
    }

    @Test
    void aLogThatEndedByItselfIsAFailureAtOnce() {
        open = false;
        assertThat(watch.look()).isEqualTo("the log is closed");
    }

    private String looks(int times) {
        String why = "";
        for (int look = 0; look < times && why.isEmpty(); look++) {
            why = watch.look();
        }
        return why;
    }
}
