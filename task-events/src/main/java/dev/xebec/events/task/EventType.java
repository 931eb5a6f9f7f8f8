package dev.xebec.events.task;

/** What can happen to a task, a Job, a node or a master, and the name that it has on the wire. */
public enum EventType {
    TASK_CREATED("dev.xebec.task.created"), TASK_SCHEDULED("dev.xebec.task.scheduled"), TASK_STARTED(
            "dev.xebec.task.started"), TASK_RESTARTED("dev.xebec.task.restarted"), TASK_READY(
                    "dev.xebec.task.ready"), TASK_UNREADY("dev.xebec.task.unready"), TASK_EVICTED(
                            "dev.xebec.task.evicted"), TASK_SUCCEEDED("dev.xebec.task.succeeded"), TASK_FAILED(
                                    "dev.xebec.task.failed"), TASK_DELETED("dev.xebec.task.deleted"), TASK_STATE(
                                            "dev.xebec.task.state"),

    JOB_STARTED("dev.xebec.job.started"), JOB_COMPLETED("dev.xebec.job.completed"), JOB_FAILED(
            "dev.xebec.job.failed"), JOB_STATE("dev.xebec.job.state"),

    NODE_JOINED("dev.xebec.node.joined"), NODE_READY("dev.xebec.node.ready"), NODE_LOST(
            "dev.xebec.node.lost"), NODE_LEFT("dev.xebec.node.left"), NODE_STATE("dev.xebec.node.state"),

    MASTER_JOINED("dev.xebec.master.joined"), MASTER_READY("dev.xebec.master.ready"), MASTER_LOST(
            "dev.xebec.master.lost"), MASTER_LEFT("dev.xebec.master.left"), MASTER_STATE("dev.xebec.master.state"),

    /** What happened in some revisions cannot be told any more; a full state follows. */
    LOG_GAP("dev.xebec.log.gap"),
    /** The full state after a gap is told. */
    LOG_RESUMED("dev.xebec.log.resumed");

    private final String wire;

    EventType(String wire) {
        this.wire = wire;
    }

    /** Such as {@code dev.xebec.task.started}. */
    public String wire() {
        return wire;
    }

    /** What its data is of, and the name of its schema: {@code task}, {@code job}, {@code node}, {@code master}, {@code log}. */
    public String family() {
        return wire.split("\\.", 4)[2];
    }
}
