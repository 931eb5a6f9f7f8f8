package dev.xebec.system.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Faults of the machine under a process: its clock, its disk. */
final class MachineFaults {
    private MachineFaults() {}

    /** The wall clock jumps, and at the end jumps back. */
    record ClockJump(String process, MachinePage machine, Duration by) implements Fault {
        @Override
        public String name() {
            return "clock of " + process + " jumps by " + by;
        }

        @Override
        public void inject() {
            machine.moveClock(by);
        }

        @Override
        public void heal() {
            machine.moveClock(by.negated());
        }
    }

    /** Every sync to disk takes so much longer. */
    record SlowDisk(String process, MachinePage machine, Duration by) implements Fault {
        @Override
        public String name() {
            return "disk of " + process + " takes " + by + " more for a sync";
        }

        @Override
        public void inject() {
            machine.slowSync(by);
        }

        @Override
        public void heal() {
            machine.slowSync(by.negated());
        }
    }

    /** There is no room left on the process's disk. */
    record FullDisk(String process, Path disk) implements Fault {
        private static final byte[] BLOCK = new byte[64 * 1024];

        @Override
        public String name() {
            return "disk of " + process + " is full";
        }

        @Override
        public void inject() {
            try (OutputStream out = Files.newOutputStream(ballast())) {
                while (true) {
                    out.write(BLOCK);
                }
            } catch (IOException full) {
                fillTheRest();
            }
        }

        /** Byte by byte, so that not even a small file finds room. */
        private void fillTheRest() {
            try (OutputStream out = Files.newOutputStream(ballast(), java.nio.file.StandardOpenOption.APPEND)) {
                while (true) {
                    out.write(0);
                }
            } catch (IOException full) {
                // As wanted.
                return;
            }
        }

        @Override
        public void heal() {
            try {
                Files.deleteIfExists(ballast());
            } catch (IOException stuck) {
                throw new UncheckedIOException(stuck);
            }
        }

        private Path ballast() {
            return disk.resolve("ballast");
        }
    }
}
