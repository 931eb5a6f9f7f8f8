package dev.xebec.model.strategy;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The strategy of most kinds: whoever has a status subresource keeps its status out of the main resource's reach.
 *
 * @param ownStatus whether the kind has the subresource
 * @param counting what is a new generation
 */
record GenericStrategy(boolean ownStatus, OnCreate onCreate, Counting counting)
        implements
            Strategy {

    /** Which changes count as a new generation, of a kind that has any. */
    enum Counting {
        WANTED, WANTED_AND_ANNOTATIONS, NEVER
    }

    /** What happens to the status of a new object. */
    enum OnCreate {
        DROP_STATUS, KEEP_STATUS
    }

    @Override
    public void prepareCreate(ObjectNode object) {
        switch (onCreate) {
            case DROP_STATUS -> {
                if (ownStatus) {
                    object.remove("status");
                }
            }
            case KEEP_STATUS -> {
            }
        }
    }

    @Override
    public void prepareUpdate(ObjectNode now, ObjectNode before) {
        if (ownStatus) {
            StatusIsolation.copy(before, now, "status");
        }
    }

    @Override
    public boolean generationChanges(ObjectNode now, ObjectNode before) {
        return switch (counting) {
            case NEVER -> false;
            case WANTED -> StatusIsolation.wantedDiffers(now, before);
            case WANTED_AND_ANNOTATIONS -> StatusIsolation.wantedDiffers(now, before) || !StatusIsolation
                    .same(now.path("metadata").path("annotations"), before.path("metadata").path("annotations"));
        };
    }
}
