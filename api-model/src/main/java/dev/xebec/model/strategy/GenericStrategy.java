package dev.xebec.model.strategy;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The strategy of most kinds: whoever has a status subresource keeps its status out of the main resource's reach.
 *
 * @param ownStatus whether the kind has the subresource
 * @param fixedSpec whether changes of what was asked are dropped without a word, as those of certificate requests
 * @param annotationsCount whether changed annotations are a new generation, as for Deployments
 */
record GenericStrategy(boolean ownStatus, OnCreate onCreate, boolean annotationsCount, boolean fixedSpec)
        implements
            Strategy {
    GenericStrategy(boolean ownStatus, OnCreate onCreate, boolean annotationsCount) {
        this(ownStatus, onCreate, annotationsCount, false);
    }

    /** What happens to the status of a new object. */
    enum OnCreate {
        DROP_STATUS, KEEP_STATUS, PENDING
    }

    @Override
    public void prepareCreate(ObjectNode object) {
        switch (onCreate) {
            case DROP_STATUS -> {
                if (ownStatus) {
                    object.remove("status");
                }
            }
            case PENDING -> {
                object.remove("status");
                object.putObject("status").put("phase", "Pending");
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
        if (fixedSpec) {
            StatusIsolation.copy(before, now, "spec");
        }
    }

    @Override
    public boolean generationChanges(ObjectNode now, ObjectNode before) {
        return StatusIsolation.wantedDiffers(now, before) || (annotationsCount && !StatusIsolation
                .same(now.path("metadata").path("annotations"), before.path("metadata").path("annotations")));
    }
}
