package dev.xebec.state.raft;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** A process of its own that writes one key after the other to a replica that is alone, until somebody kills it. */
final class EndlessWriter {
    static final String ACKNOWLEDGED = "acknowledged ";

    private EndlessWriter() {}

    static String key(int number) {
        return String.format("k%08d", number);
    }

    public static void main(String[] arguments) throws Exception {
        Peer self = new Peer("state-0", "127.0.0.1", Integer.parseInt(arguments[1]));
        RaftConfig config = RaftConfig.of(self.name(), Path.of(arguments[0]).resolve(self.name()), List.of(self))
                .withSnapshots(100, 1 << 20);
        RaftStateStore store = RaftStateStore.start(config, Group.nobody(), InstantSource.system(), Observer.NONE);
        Writer writer = new Writer();
        for (int number = 1;; number++) {
            writer.put(store, key(number), "value " + number);
            System.out.println(ACKNOWLEDGED + number);
        }
    }
}
