package dev.xebec.model.cel;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompiler;
import dev.xebec.model.cel.CompiledExpression.Result;
import java.util.Map;
import java.util.Optional;

/** An expression that says of a device whether it is wanted. Source: dynamic-resource-allocation {@code cel/compile.go}. */
public final class DeviceExpression {
    private static final String DEVICE = "kubernetes.DRADevice";

    private DeviceExpression() {}

    /** The compiler, made when the first expression is compiled. */
    private static final class Compiler {
        private static final CelCompiler INSTANCE = compiler();

        private static CelCompiler compiler() {
            ImmutableMap<String, CelType> fields = ImmutableMap.of("driver", SimpleType.STRING, "attributes",
                    MapType.create(SimpleType.STRING, MapType.create(SimpleType.STRING, SimpleType.ANY)), "capacity",
                    MapType.create(SimpleType.STRING, MapType.create(SimpleType.STRING, QuantityLibrary.TYPE)),
                    "allowMultipleAllocations", SimpleType.BOOL);
            StructType device = StructType.create(DEVICE, fields.keySet(),
                    field -> Optional.ofNullable(fields.get(field)));
            return Environment.bindingCompiler(Map.of("device", device), Map.of(DEVICE, device));
        }
    }

    /** What is wrong with it, in kube-apiserver's words; empty for nothing. */
    public static String problem(String expression) {
        return switch (CompiledExpression.compile(Compiler.INSTANCE, expression)) {
            case Result.Refused refused -> "compilation failed: " + refused.message();
            case Result.Compiled compiled -> {
                CelType type = compiled.expression().resultType();
                boolean fine = type.equals(SimpleType.BOOL) || type.equals(SimpleType.ANY)
                        || type.equals(SimpleType.DYN);
                yield fine ? "" : "must evaluate to bool or the unknown type, not " + type.name();
            }
        };
    }
}
