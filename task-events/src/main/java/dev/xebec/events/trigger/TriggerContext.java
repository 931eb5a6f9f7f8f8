package dev.xebec.events.trigger;

import dev.xebec.contracts.api.ApiClient;
import dev.xebec.events.kafka.KafkaSettings;
import dev.xebec.kit.client.Resources;
import dev.xebec.kit.metrics.Metrics;
import dev.xebec.kit.reconcile.Events;
import java.time.InstantSource;

/**
 * What the parts of one replica share.
 *
 * @param client and resources act as the service's own user
 * @param clock the time of day, for objects
 * @param steady time that passes
 */
record TriggerContext(KafkaSettings kafka, ApiClient client, Resources resources, TriggerJobs jobs,
        JobReleases releases, Events events,
        Metrics metrics, InstantSource clock, InstantSource steady) {}
