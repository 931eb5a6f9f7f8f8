package dev.xebec.system.client;

import dev.xebec.simulator.history.Entry;
import dev.xebec.simulator.history.Scope;
import java.util.List;
import java.util.Queue;
import java.util.Random;

/** Lists again and again at one gateway, sometimes the newest and sometimes what the gateway has. */
final class Lister extends Worker {
    private static final int MIN_PAUSE_MILLIS = 50;
    private static final int MAX_PAUSE_MILLIS = 250;

    private final ApiDoor door;
    private final Recorder recorder;
    private final List<Scope> scopes;
    private final Random random;

    Lister(String name, ApiDoor door, Recorder recorder, List<Scope> scopes, long seed, Queue<Throwable> faults) {
        super(name, faults);
        this.door = door;
        this.recorder = recorder;
        this.scopes = List.copyOf(scopes);
        this.random = new Random(seed);
    }

    @Override
    void step() throws InterruptedException {
        Scope scope = scopes.get(random.nextInt(scopes.size()));
        recorder.list(name(), door,
                random.nextBoolean() ? Entry.Consistency.LINEARIZABLE : Entry.Consistency.ANY, scope);
        Thread.sleep(random.nextInt(MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS));
    }

    @Override
    void end() {
        door.close();
    }
}
