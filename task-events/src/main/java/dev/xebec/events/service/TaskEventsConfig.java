package dev.xebec.events.service;

import dev.xebec.events.kafka.KafkaSettings;

/**
 * @param kafka where events go and come from
 * @param topic of the task events
 * @param structured whether an event is one JSON text instead of headers and data
 * @param changesTopic every object's changes go there; empty for none
 * @param partitions of the topics where they have to be made: as many publishers may work at once
 * @param replication copies of each partition where topics have to be made
 */
public record TaskEventsConfig(KafkaSettings kafka, String topic, boolean structured, String changesTopic,
        int partitions, short replication) {

    public static final String TOPIC = "xebec.task-events";

    /** Task events alone, in binary mode. */
    public static TaskEventsConfig of(KafkaSettings kafka) {
        return new TaskEventsConfig(kafka, TOPIC, false, "", 4, (short) 1);
    }
}
