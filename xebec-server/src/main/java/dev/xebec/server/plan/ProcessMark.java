package dev.xebec.server.plan;

import java.time.Instant;
import java.util.Optional;

/**
 * A process of this machine as it can be found again: its number alone may be another's by now, after a reboot at the
 * latest.
 *
 * @param pid 0 for none
 * @param startedMs the start, in milliseconds since 1970
 */
public record ProcessMark(long pid, long startedMs) {
    public static final ProcessMark NONE = new ProcessMark(0, 0);

    /** The kernel counts from the boot, whose own time follows the corrections of the clock. */
    private static final long CLOCK_CORRECTION_MS = 2_000;

    public static ProcessMark of(ProcessHandle process) {
        return new ProcessMark(process.pid(), process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    }

    /** The process, where it still runs; never another one with its number. */
    public Optional<ProcessHandle> alive() {
        return pid <= 0 ? Optional.empty() : ProcessHandle.of(pid).filter(this::same);
    }

    private boolean same(ProcessHandle process) {
        return process.isAlive() && process.info().startInstant()
                .filter(start -> Math.abs(start.toEpochMilli() - startedMs) <= CLOCK_CORRECTION_MS).isPresent();
    }
}
