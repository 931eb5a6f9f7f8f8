package dev.xebec.node.worker;

/** Events about the pod that is being worked on. */
interface PodEvents {
    void emit(String type, String reason, String message);
}
