package dev.xebec.model.cel;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.List;

/**
 * One overload of a function of a library: how it is declared and what it does.
 *
 * @param name as an expression calls it
 */
@SuppressWarnings("Immutable") // The bodies are functions without state; their types do not say so.
record CelFunction(String name, CelOverloadDecl declaration, CelFunctionBinding binding) {

    /** What an overload does with its arguments, the target of a member first. */
    interface Body {
        Object apply(Object[] arguments);
    }

    static CelFunction global(String name, String overload, CelType result, List<CelType> parameters,
            List<Class<?>> classes, Body body) {
        return new CelFunction(name, CelOverloadDecl.newGlobalOverload(overload, result, parameters),
                CelFunctionBinding.from(overload, classes, body::apply));
    }

    static CelFunction member(String name, String overload, CelType result, List<CelType> parameters,
            List<Class<?>> classes, Body body) {
        return new CelFunction(name, CelOverloadDecl.newMemberOverload(overload, result, parameters),
                CelFunctionBinding.from(overload, classes, body::apply));
    }

    CelFunctionDecl function() {
        return CelFunctionDecl.newFunctionDeclaration(name, declaration);
    }
}
