package dev.xebec.simulator.check;

import dev.xebec.model.object.ApiObject;
import java.util.List;

/**
 * The pods that one revision binds to one node.
 *
 * @param seenSince the oldest revision that whoever decided can have looked at: he saw these pods pending
 * @param fresh the pods bound now; at least one
 * @param all the pods on the node now that are not finished, the fresh ones with them
 * @param states what the node was from {@code seenSince} to right before this revision; empty where it was not there
 */
record Placement(long revision, String node, long seenSince, List<BoundPod> fresh, List<BoundPod> all,
        List<ApiObject> states) {}
