package dev.xebec.events.task;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered of an object so that its next change can be told: a function of the object alone and not of what came
 * before, so that whoever takes over sees the same by reading the store at the revision that was told last.
 */
sealed interface Picture permits PodPicture, JobPicture, MemberPicture {
    Subject about();

    /** The latest moment that the object tells of, in seconds since 1970; {@link Moments#NEVER} for none. */
    long last();

    /** Without what only its own change tells and the next is not compared with. */
    default Picture remembered() {
        return this;
    }

    /** What has happened between two pictures of one object, in the order in which it is told. */
    void since(@Nullable Picture before, Sayings sayings);

    /** That the object is no more. */
    void ended(Sayings sayings);

    /** How it is now, for those who missed how it came to be. */
    void state(Sayings sayings);
}
