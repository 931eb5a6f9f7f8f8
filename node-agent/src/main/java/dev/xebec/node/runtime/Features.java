package dev.xebec.node.runtime;

/**
 * What a runtime can do on this machine.
 *
 * @param name scheme of container ids and of {@code containerRuntimeVersion}, such as {@code process}
 * @param version of the runtime
 * @param mounts volumes can stand at absolute paths; otherwise {@code whyNoMounts} says why not
 * @param whyNoMounts a sentence for the user, empty where mounts work
 * @param volumes volumes have to be on disk before a container starts
 * @param needsCommand a container without a command cannot run
 */
public record Features(String name, String version, boolean mounts, String whyNoMounts, boolean volumes,
        boolean needsCommand) {}
