package dev.xebec.system.fault;

/** Something that goes wrong for a while. Neither throws because what it strikes is already ill. */
interface Fault {
    /** What and whom, for people. */
    String name();

    void inject();

    void heal();
}
