package dev.xebec.model.cel;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.Map;
import java.util.Optional;

/**
 * What an admission request has, for expressions over {@code request}: not its uid, which is another in every call, and not
 * the objects, which are variables of their own.
 *
 * <p>Source: apiserver {@code pkg/admission/plugin/cel/compile.go}.
 */
final class RequestType {
    private static final CelType TEXT = SimpleType.STRING;
    private static final StructType KIND = struct("kubernetes.GroupVersionKind",
            ImmutableMap.of("group", TEXT, "version", TEXT, "kind", TEXT));
    private static final StructType RESOURCE = struct("kubernetes.GroupVersionResource",
            ImmutableMap.of("group", TEXT, "version", TEXT, "resource", TEXT));
    private static final StructType USER = struct("kubernetes.UserInfo", ImmutableMap.of("username", TEXT, "uid", TEXT,
            "groups", ListType.create(TEXT), "extra", MapType.create(TEXT, ListType.create(TEXT))));
    static final StructType TYPE = struct("kubernetes.AdmissionRequest",
            ImmutableMap.<String, CelType>builder().put("kind", KIND).put("resource", RESOURCE).put("subResource", TEXT)
                    .put("requestKind", KIND).put("requestResource", RESOURCE).put("requestSubResource", TEXT)
                    .put("name", TEXT).put("namespace", TEXT).put("operation", TEXT).put("userInfo", USER)
                    .put("dryRun", SimpleType.BOOL).put("options", SimpleType.DYN).build());
    /** All of them, by name. */
    static final Map<String, CelType> TYPES = Map.of(KIND.name(), KIND, RESOURCE.name(), RESOURCE, USER.name(), USER,
            TYPE.name(), TYPE);

    private RequestType() {}

    private static StructType struct(String name, ImmutableMap<String, CelType> fields) {
        return StructType.create(name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
    }
}
