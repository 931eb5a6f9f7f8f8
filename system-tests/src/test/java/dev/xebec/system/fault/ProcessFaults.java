package dev.xebec.system.fault;

/** Faults of a process: it dies, or hangs. */
final class ProcessFaults {
    private ProcessFaults() {}

    /** {@code kill -9}; its supervisor starts it again. */
    record Kill(SupervisedProcess process) implements Fault {
        @Override
        public String name() {
            return "kill -9 of " + process.name();
        }

        @Override
        public void inject() {
            process.kill();
        }

        @Override
        public void heal() {
            // That is the supervisor's.
        }
    }

    /** {@code kill -STOP}, and at the end {@code kill -CONT}. */
    static final class Pause implements Fault {
        private final SupervisedProcess process;
        private Runnable resume = () -> {
        };

        Pause(SupervisedProcess process) {
            this.process = process;
        }

        @Override
        public String name() {
            return "pause of " + process.name();
        }

        @Override
        public void inject() {
            resume = process.pause();
        }

        @Override
        public void heal() {
            resume.run();
        }
    }
}
