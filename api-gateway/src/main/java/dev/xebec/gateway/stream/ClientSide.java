package dev.xebec.gateway.stream;

import dev.xebec.contracts.Bytes;
import java.util.function.Consumer;

/** The client's end of a conversation with a container, whatever he speaks. */
interface ClientSide {

    /** Hands on the client's frames in order until there are no more. Blocks; ends when its thread is interrupted. */
    void input(Consumer<Bytes> toNode);

    /** Takes content of the container; blocks while the client does not keep up. */
    void output(int channel, byte[] content);

    /** The container is reached. */
    default void begun() {}

    /**
     * Takes the result and ends the conversation.
     *
     * @param json a {@code Status}
     */
    void finish(Bytes json);
}
