package dev.xebec.model.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.function.Function;

/** Semantic versions. Source: apiserver {@code pkg/cel/library/semverlib.go}, version 1. */
final class SemverLibrary {
    private static final CelType TYPE = OpaqueType.create("kubernetes.Semver");

    static final List<CelFunction> FUNCTIONS = List.of(
            CelFunction.global("semver", "string_to_semver", TYPE, List.of(SimpleType.STRING), List.of(String.class),
                    arguments -> SemanticVersion.parse((String) arguments[0])),
            CelFunction.global("semver", "string_bool_to_semver", TYPE, List.of(SimpleType.STRING, SimpleType.BOOL),
                    List.of(String.class, Boolean.class),
                    arguments -> parse((String) arguments[0], (Boolean) arguments[1])),
            CelFunction.global("isSemver", "is_semver_string", SimpleType.BOOL, List.of(SimpleType.STRING),
                    List.of(String.class), arguments -> isVersion((String) arguments[0], false)),
            CelFunction.global("isSemver", "is_semver_string_bool", SimpleType.BOOL,
                    List.of(SimpleType.STRING, SimpleType.BOOL), List.of(String.class, Boolean.class),
                    arguments -> isVersion((String) arguments[0], (Boolean) arguments[1])),
            part("major", "semver_major", SemanticVersion::major), part("minor", "semver_minor",
                    SemanticVersion::minor),
            part("patch", "semver_patch", SemanticVersion::patch),
            both("isGreaterThan", "semver_is_greater_than", SimpleType.BOOL, (one, other) -> one.compareTo(other) > 0),
            both("isLessThan", "semver_is_less_than", SimpleType.BOOL, (one, other) -> one.compareTo(other) < 0),
            both("compareTo", "semver_compare_to", SimpleType.INT,
                    (one, other) -> (long) Integer.signum(one.compareTo(other))));

    private SemverLibrary() {}

    /** What is made of two versions. */
    private interface OfTwo {
        Object apply(SemanticVersion one, SemanticVersion other);
    }

    private static CelFunction part(String name, String overload, Function<SemanticVersion, Long> read) {
        return CelFunction.member(name, overload, SimpleType.INT, List.of(TYPE), List.of(SemanticVersion.class),
                arguments -> read.apply((SemanticVersion) arguments[0]));
    }

    private static CelFunction both(String name, String overload, CelType result, OfTwo body) {
        return CelFunction.member(name, overload, result, List.of(TYPE, TYPE),
                List.of(SemanticVersion.class, SemanticVersion.class),
                arguments -> body.apply((SemanticVersion) arguments[0], (SemanticVersion) arguments[1]));
    }

    private static SemanticVersion parse(String text, boolean normalize) {
        return SemanticVersion.parse(normalize ? SemanticVersion.normalized(text) : text);
    }

    private static boolean isVersion(String text, boolean normalize) {
        try {
            return parse(text, normalize) != null;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
