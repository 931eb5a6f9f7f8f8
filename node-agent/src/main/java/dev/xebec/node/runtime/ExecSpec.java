package dev.xebec.node.runtime;

import java.util.List;

/** A command to run in a container. With {@code tty} there is no stderr of its own. */
public record ExecSpec(List<String> command, boolean stdin, boolean tty) {}
