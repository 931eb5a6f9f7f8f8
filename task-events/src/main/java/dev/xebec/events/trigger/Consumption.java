package dev.xebec.events.trigger;

import dev.xebec.events.trigger.DeadLetters.Letter;
import dev.xebec.events.trigger.JobMaker.Made;
import dev.xebec.events.trigger.plan.Decision;
import dev.xebec.events.trigger.plan.Health;
import dev.xebec.events.trigger.plan.JobFrame;
import dev.xebec.events.trigger.plan.Message;
import dev.xebec.events.trigger.plan.Progress;
import dev.xebec.events.trigger.plan.Tally;
import dev.xebec.events.trigger.plan.Trigger;
import dev.xebec.kit.informer.Cache;
import dev.xebec.model.object.ApiObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One stay in the consumer group: reads, has Jobs started, commits. Ends with an exception where Kafka fails; whoever comes
 * next begins where the last commit was. Used by one thread.
 */
final class Consumption implements AutoCloseable {
    private static final Duration IDLE_POLL = Duration.ofMillis(200);
    private static final Duration BUSY_POLL = Duration.ofMillis(20);
    private static final Duration MEASURE = Duration.ofSeconds(2);
    private static final Duration SWEEP = Duration.ofSeconds(5);
    private static final Duration FIRST_WAIT = Duration.ofMillis(250);
    private static final Duration LAST_WAIT = Duration.ofSeconds(15);

    private final TriggerContext context;
    private final Trigger trigger;
    private final String uid;
    private final Backlog backlog = new Backlog();
    private final Intake intake;
    private final JobMaker maker;
    private final TriggerLog log;
    /** Jobs that the cache does not show yet, with the revision that does. */
    private final Map<String, Long> unseen = new HashMap<>();
    private @Nullable DeadLetters deadLetters;
    private @Nullable Instant lastEvent;
    private Instant measureAt;
    private Instant sweepAt;
    /** Not before this are Jobs tried again that were refused for now. */
    private Instant tryAt;
    private Duration wait = FIRST_WAIT;
    private Health health = Health.consuming();

    Consumption(TriggerContext context, Trigger trigger, Progress known, TriggerLog log) {
        this.context = context;
        this.trigger = trigger;
        this.log = log;
        uid = trigger.object().uid();
        maker = new JobMaker(context.resources());
        lastEvent = known.lastEvent();
        Instant now = context.steady().instant();
        measureAt = now;
        sweepAt = now;
        tryAt = now;
        intake = new Intake(context.kafka(), trigger, known, backlog);
    }

    /** Fails where Kafka does not answer, or the topic is not there. */
    void join() {
        if (!intake.topicExists()) {
            throw new TopicMissingException(trigger.topic());
        }
        intake.subscribe();
    }

    /** One step of the work; takes a moment. */
    void step(Consumer<Progress> told, Consumer<Health> healthNow) {
        boolean waiting = !backlog.isEmpty();
        List<Message> messages = intake.poll(!waiting, waiting ? BUSY_POLL : IDLE_POLL);
        messages.forEach(message -> backlog.add(message, trigger.decide(message)));
        Instant now = context.steady().instant();
        if (!backlog.isEmpty() && !now.isBefore(tryAt)) {
            work(now);
        }
        if (!now.isBefore(measureAt)) {
            intake.measure();
            measureAt = now.plus(MEASURE);
        }
        if (!now.isBefore(sweepAt)) {
            sweep();
            sweepAt = now.plus(SWEEP);
        }
        told.accept(new Progress(intake.partitions(), lastEvent));
        healthNow.accept(health);
    }

    private void work(Instant now) {
        int room = trigger.maxConcurrency() - active();
        List<Backlog.Entry> round = backlog.round(Math.max(0, room));
        if (round.isEmpty()) {
            health = Health.atLimit(trigger.maxConcurrency());
            return;
        }
        List<ApiObject> jobs = new ArrayList<>();
        for (Backlog.Entry entry : round) {
            if (entry.decision() instanceof Decision.Start start) {
                jobs.add(start.job());
            }
        }
        Iterator<Made> made = maker.make(jobs).iterator();
        Settlement settlement = new Settlement();
        for (Backlog.Entry entry : round) {
            switch (entry.decision()) {
                case Decision.Skip skip -> settlement.skip(entry.message());
                case Decision.Bury bury -> settlement.bury(new Letter(entry.message(), bury.reason(), bury.message()));
                case Decision.Start start -> settlement.made(entry.message(), made.next());
            }
        }
        settle(settlement, now);
    }

    private void settle(Settlement settled, Instant now) {
        if (!settled.marks.isEmpty()) {
            if (settled.letters.isEmpty()) {
                intake.commit(settled.marks);
            } else {
                letters().commit(settled.letters, intake.offsets(settled.marks), intake.group());
                intake.committed(settled.marks);
            }
            backlog.done(settled.marks);
            settled.jobs.forEach(context.releases()::release);
            log.settled(settled.gained, settled.letters);
            lastEvent = settled.lastEvent;
        }
        if (settled.why.isEmpty()) {
            wait = FIRST_WAIT;
            health = Health.consuming();
        } else {
            health = Health.not("JobsRefused", "Jobs cannot be started now and are tried again: " + settled.why);
            tryAt = now.plus(wait);
            Duration twice = wait.multipliedBy(2);
            wait = twice.compareTo(LAST_WAIT) > 0 ? LAST_WAIT : twice;
        }
    }

    private DeadLetters letters() {
        DeadLetters open = deadLetters;
        if (open == null) {
            open = new DeadLetters(context.kafka(), trigger);
            deadLetters = open;
        }
        return open;
    }

    /** Jobs that have not ended, those among them that the cache does not show yet. */
    private int active() {
        Cache cache = context.jobs().cache();
        unseen.values().removeIf(revision -> revision <= cache.revision());
        return (int) TriggerJobs.count(cache, uid).active() + unseen.size();
    }

    /** Releases what an earlier owner could not: Jobs whose message is done with, or is of a former topic. */
    private void sweep() {
        for (ApiObject job : TriggerJobs.unreleased(context.jobs().cache(), uid)) {
            Map<String, String> notes = job.annotations();
            if (!trigger.topic().equals(notes.get(JobFrame.TOPIC)) || past(notes)) {
                context.releases().release(job);
            }
        }
    }

    private boolean past(Map<String, String> notes) {
        try {
            return intake.past(Integer.parseInt(notes.getOrDefault(JobFrame.PARTITION, "")),
                    Long.parseLong(notes.getOrDefault(JobFrame.OFFSET, "")));
        } catch (NumberFormatException tampered) {
            return true;
        }
    }

    /** Nobody is to read for the trigger after this. */
    void leave() {
        intake.leave();
    }

    @Override
    public void close() {
        DeadLetters open = deadLetters;
        if (open != null) {
            open.close();
        }
        intake.close();
    }

    /** What of a round can be committed: of each partition all up to the first message that has to wait. */
    private final class Settlement {
        private final Map<Integer, Mark> marks = new HashMap<>();
        private final Map<Integer, Boolean> blocked = new HashMap<>();
        private final List<Letter> letters = new ArrayList<>();
        private final List<ApiObject> jobs = new ArrayList<>();
        private @Nullable Instant lastEvent = Consumption.this.lastEvent;
        private Tally gained = Tally.NONE;
        private String why = "";

        void skip(Message message) {
            count(message, Tally.NONE.skip());
        }

        void bury(Letter letter) {
            if (count(letter.message(), Tally.NONE.bury())) {
                letters.add(letter);
            }
        }

        void made(Message message, Made made) {
            switch (made) {
                case Made.Stands stands -> {
                    unseen.put(stands.job().name(), stands.job().revision());
                    // The Job of an earlier message is released behind that one.
                    if (stands.repeated()) {
                        count(message, Tally.NONE.repeat());
                    } else if (count(message, Tally.NONE.start())) {
                        jobs.add(stands.job());
                    }
                }
                case Made.Refused refused -> bury(new Letter(message, refused.reason(), refused.why()));
                case Made.Later later -> {
                    blocked.put(message.partition(), true);
                    why = later.why();
                }
            }
        }

        private boolean count(Message message, Tally one) {
            if (blocked.containsKey(message.partition())) {
                return false;
            }
            Mark before = marks.getOrDefault(message.partition(), intake.done(message.partition()));
            marks.put(message.partition(), new Mark(message.offset() + 1, before.tally().plus(one)));
            gained = gained.plus(one);
            lastEvent = Instant.ofEpochMilli(message.timestampMillis());
            return true;
        }
    }
}
