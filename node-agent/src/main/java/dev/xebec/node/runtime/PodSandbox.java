package dev.xebec.node.runtime;

import java.nio.file.Path;

/**
 * A pod's place on the node.
 *
 * @param ip unique among the pods of the node
 * @param directory the pod's own, removed with it; volumes live below it
 */
public record PodSandbox(String uid, String namespace, String name, String ip, Path directory) {}
