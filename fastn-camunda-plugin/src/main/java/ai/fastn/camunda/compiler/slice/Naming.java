package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.Scopes;
import ai.fastn.camunda.compiler.analyze.Variable;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.Program;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The names of shared variables: the author's, unless two shared variables have the same one, a script can not declare
 * it, or somebody means the global of that name.
 */
final class Naming {

    /** Names the language, the sandbox or the code around a step reads as globals. */
    private static final Set<String> GLOBALS = Set.of(
            ("undefined NaN Infinity globalThis Object Function Array String Number Boolean Symbol BigInt Math JSON Reflect Proxy"
                            + " Promise Date RegExp Error TypeError RangeError ReferenceError SyntaxError EvalError URIError"
                            + " AggregateError Map Set WeakMap WeakSet WeakRef FinalizationRegistry ArrayBuffer DataView"
                            + " Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array"
                            + " Float32Array Float64Array BigInt64Array BigUint64Array Iterator Intl Temporal isNaN isFinite"
                            + " parseInt parseFloat encodeURIComponent decodeURIComponent encodeURI decodeURI escape unescape"
                            + " eval console URL URLSearchParams structuredClone TextEncoder TextDecoder atob btoa setTimeout"
                            + " clearTimeout setInterval clearInterval queueMicrotask Fastn fetch Headers Request Response"
                            + " AbortController AbortSignal DOMException Event EventTarget crypto performance")
                    .split(" "));

    private final Set<String> words = new HashSet<>();
    private final Set<String> taken = new HashSet<>(GLOBALS);
    private final Map<Variable, String> names = new LinkedHashMap<>();

    Naming(Program program, Scopes scopes) {
        program.walk(node -> {
            if (node instanceof Identifier name) {
                words.add(name.name());
            }
            return true;
        });
        taken.addAll(scopes.globals());
    }

    /** Whether the sandbox has a global of this name, so that reading it can not fail. */
    static boolean isGlobal(String name) {
        return GLOBALS.contains(name) || name.equals("fastn");
    }

    /** The name of a shared variable. */
    String of(Variable variable) {
        return names.computeIfAbsent(variable, this::choose);
    }

    private String choose(Variable variable) {
        if (variable.kind() == Variable.Kind.ARGUMENTS) {
            return internal("$args");
        }
        String wanted = variable.name();
        if (!wanted.startsWith("$") && taken.add(wanted)) {
            return wanted;
        }
        String stem = wanted.startsWith("$") ? "u" + wanted : wanted;
        for (int i = 2; ; i++) {
            String other = stem + "$" + i;
            if (!words.contains(other) && taken.add(other)) {
                return other;
            }
        }
    }

    /** The shared variables that have a name, in the order they got it. */
    Map<Variable, String> names() {
        return Collections.unmodifiableMap(names);
    }

    /** A name that only the compiler uses. */
    String internal(String wanted) {
        for (int i = 1; ; i++) {
            String name = i == 1 ? wanted : wanted + "$" + i;
            if (!words.contains(name) && taken.add(name)) {
                return name;
            }
        }
    }
}
