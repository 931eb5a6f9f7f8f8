package dev.xebec.model.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What every expression may use: the standard functions and the libraries of Kubernetes 1.37. Made once, when the first
 * expression is compiled.
 *
 * <p>Source: apiserver {@code pkg/cel/environment/base.go}.
 */
final class Environment {
    static final CelOptions OPTIONS = CelOptions.current().enableHeterogeneousNumericComparisons(true)
            .enableOptionalSyntax(true).build();

    private Environment() {}

    /** The functions beyond the standard, and who evaluates them all. */
    private static final class Libraries {
        private static final List<CelFunction> FUNCTIONS = functions();
        private static final CelStringExtensions STRINGS = CelExtensions.strings(
                CelStringExtensions.Function.CHAR_AT, CelStringExtensions.Function.INDEX_OF,
                CelStringExtensions.Function.JOIN, CelStringExtensions.Function.LAST_INDEX_OF,
                CelStringExtensions.Function.LOWER_ASCII, CelStringExtensions.Function.QUOTE,
                CelStringExtensions.Function.SPLIT, CelStringExtensions.Function.SUBSTRING,
                CelStringExtensions.Function.TRIM, CelStringExtensions.Function.UPPER_ASCII);
        private static final CelRuntime RUNTIME = CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(OPTIONS)
                .addLibraries(STRINGS, CelExtensions.sets(OPTIONS), CelExtensions.optional(),
                        CelExtensions.comprehensions(), CelExtensions.lists())
                .setStandardEnvironmentEnabled(false)
                .setStandardFunctions(CelStandardFunctions.newBuilder()
                        .excludeFunctions(CelStandardFunctions.StandardFunction.MATCHES).build())
                .addFunctionBindings(RegexLibrary.MATCHES)
                .addFunctionBindings(FUNCTIONS.stream().map(CelFunction::binding).toList()).build();

        private static List<CelFunction> functions() {
            List<CelFunction> functions = new ArrayList<>();
            functions.addAll(StringLibrary.FUNCTIONS);
            functions.addAll(RegexLibrary.FUNCTIONS);
            functions.addAll(ListLibrary.FUNCTIONS);
            functions.addAll(UrlLibrary.FUNCTIONS);
            functions.addAll(QuantityLibrary.FUNCTIONS);
            functions.addAll(IpLibrary.FUNCTIONS);
            functions.addAll(CidrLibrary.FUNCTIONS);
            functions.addAll(FormatLibrary.FUNCTIONS);
            functions.addAll(SemverLibrary.FUNCTIONS);
            return List.copyOf(functions);
        }

        /** Overloads of one function are declared together. */
        private static List<CelFunctionDecl> declarations() {
            Map<String, List<CelOverloadDecl>> byName = new LinkedHashMap<>();
            FUNCTIONS.forEach(one -> byName.computeIfAbsent(one.name(), absent -> new ArrayList<>())
                    .add(one.declaration()));
            return byName.entrySet().stream()
                    .map(one -> CelFunctionDecl.newFunctionDeclaration(one.getKey(), one.getValue())).toList();
        }
    }

    static CelRuntime runtime() {
        return Libraries.RUNTIME;
    }

    /**
     * @param variables by name
     * @param types those that variables and their parts have, by name
     */
    static CelCompiler compiler(Map<String, CelType> variables, Map<String, CelType> types) {
        return builder(variables, types).build();
    }

    /** The same with {@code cel.bind}, which only expressions over devices have. */
    static CelCompiler bindingCompiler(Map<String, CelType> variables, Map<String, CelType> types) {
        return builder(variables, types).addLibraries(CelExtensions.bindings()).build();
    }

    private static CelCompilerBuilder builder(Map<String, CelType> variables, Map<String, CelType> types) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder().setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setTypeProvider(new Types(ImmutableMap.copyOf(types)))
                .addLibraries(Libraries.STRINGS, CelExtensions.sets(OPTIONS), CelExtensions.optional(),
                        CelExtensions.comprehensions(), CelExtensions.lists())
                .addFunctionDeclarations(Libraries.declarations());
        variables.forEach(builder::addVar);
        return builder;
    }

    /** The types of one environment. */
    private record Types(ImmutableMap<String, CelType> byName) implements CelTypeProvider {
        @Override
        public ImmutableCollection<CelType> types() {
            return ImmutableList.copyOf(byName.values());
        }

        @Override
        public Optional<CelType> findType(String name) {
            return Optional.ofNullable(byName.get(name));
        }
    }
}
