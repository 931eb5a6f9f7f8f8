package dev.xebec.simulator.bus;

/** Which processes reach which, for everything that talks between processes. One way may be open and the other not. */
public interface Links {

    /** Whether what {@code from} sends now gets to {@code to}. */
    boolean connected(String from, String to);
}
