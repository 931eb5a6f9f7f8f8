package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.status.FieldError;
import java.util.List;

/** How many requests of one level run at a time, and how others wait. Source: {@code pkg/apis/flowcontrol/validation/validation.go} of Kubernetes. */
final class PriorityLevelRules {
    private static final int MAX_QUEUES = 10_000_000;
    private static final int MAX_HASH_BITS = 60;
    private static final List<String> TYPES = List.of("Exempt", "Limited");
    private static final List<String> RESPONSES = List.of("Queue", "Reject");
    private static final String NOT_NEGATIVE = "must be a non-negative integer";

    private PriorityLevelRules() {}

    static void level(ObjectNode object, String path, Findings findings) {
        Findings declared = findings.later();
        JsonNode spec = object.path("spec");
        String type = Findings.text(spec, "type");
        if (Findings.text(object.path("metadata"), "name").equals("exempt") != type.equals("Exempt")) {
            findings.invalid("spec.type", type, "must be 'Exempt' if and only if `name` is 'exempt'");
        }
        JsonNode limited = spec.path("limited");
        switch (type) {
            case "Exempt" -> {
                if (limited.isObject()) {
                    declared.forbidden("spec.limited", "");
                }
                JsonNode exempt = spec.path("exempt");
                atLeastZero(exempt, "nominalConcurrencyShares", NOT_NEGATIVE, "spec.exempt", findings);
                findings.range("spec.exempt.lendablePercent", exempt.path("lendablePercent"), 0, 100);
            }
            case "Limited" -> {
                if (limited.isObject()) {
                    limited(limited, "spec.limited", findings, declared);
                } else {
                    declared.required("spec.limited", "");
                }
                if (spec.path("exempt").isObject()) {
                    declared.forbidden("spec.exempt", "");
                }
            }
            case "" -> {
                declared.required("spec.type", "");
                if (limited.isObject()) {
                    declared.forbidden("spec.limited", "");
                }
            }
            default -> findings.add(FieldError.notSupported("spec.type", type, TYPES));
        }
        declared.list().forEach(findings::add);
    }

    private static void atLeastZero(JsonNode object, String field, String wrong, String path, Findings findings) {
        if (object.path(field).asLong(0) < 0) {
            findings.invalid(path + "." + field, object.path(field), wrong);
        }
    }

    private static void limited(JsonNode limited, String path, Findings findings, Findings declared) {
        atLeastZero(limited, "nominalConcurrencyShares", NOT_NEGATIVE, path, findings);
        JsonNode response = limited.path("limitResponse");
        JsonNode queuing = response.path("queuing");
        String where = path + ".limitResponse";
        String type = Findings.text(response, "type");
        switch (type) {
            case "Reject" -> {
                if (queuing.isObject()) {
                    declared.forbidden(where + ".queuing", "");
                }
            }
            case "Queue" -> {
                if (queuing.isObject()) {
                    queuing(queuing, where + ".queuing", findings);
                } else {
                    declared.required(where + ".queuing", "");
                }
            }
            case "" -> declared.required(where + ".type", "");
            default -> findings.add(FieldError.notSupported(where + ".type", type, RESPONSES));
        }
        findings.range(path + ".lendablePercent", limited.path("lendablePercent"), 0, 100);
        atLeastZero(limited, "borrowingLimitPercent", "if specified, " + NOT_NEGATIVE, path, findings);
    }

    private static void queuing(JsonNode queuing, String path, Findings findings) {
        positive(queuing, "queueLengthLimit", path, findings);
        positive(queuing, "queues", path, findings);
        long queues = queuing.path("queues").asLong(0);
        long hand = queuing.path("handSize").asLong(0);
        if (queues > MAX_QUEUES) {
            findings.invalid(path + ".queues", queues, "must not be greater than " + MAX_QUEUES);
        }
        positive(queuing, "handSize", path, findings);
        if (hand > 0 && hand > queues) {
            findings.invalid(path + ".handSize", hand, "should not be greater than queues (" + queues + ")");
        } else if (hand > 0 && bits(queues, hand) > MAX_HASH_BITS) {
            findings.invalid(path + ".handSize", hand, "required entropy bits of deckSize " + queues + " and handSize "
                    + hand + " should not be greater than " + MAX_HASH_BITS);
        }
    }

    private static void positive(JsonNode object, String field, String path, Findings findings) {
        if (object.path(field).asLong(0) <= 0) {
            findings.invalid(path + "." + field, object.path(field).asLong(0), "must be positive");
        }
    }

    /** Bits that tell all hands of a deck apart. Source: apiserver {@code util/shufflesharding}. */
    private static long bits(long deck, long hand) {
        return (long) Math.ceil(Math.log(deck) / Math.log(2) * hand);
    }
}
