package ai.fastn.camunda.bench.generate;

import ai.fastn.camunda.bench.generate.Grammar.Helper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The variables that can be seen from a place. */
final class Scope {

    private final @Nullable Scope around;
    private final List<Name> names = new ArrayList<>();
    private final List<Helper> helpers = new ArrayList<>();

    Scope(@Nullable Scope around) {
        this.around = around;
    }

    /**
     * A variable.
     *
     * @param assignable whether another value may be given to it
     */
    record Name(String text, Type type, boolean assignable) {

        /** Whether it is a field of something. */
        boolean isMember() {
            return text.contains(".");
        }
    }

    void declare(Name name) {
        names.add(name);
    }

    void declare(Helper helper) {
        helpers.add(helper);
    }

    /** All functions of a kind that can be called. */
    List<Helper> helpers(Helper.Kind kind) {
        List<Helper> found = new ArrayList<>();
        for (Scope at = this; at != null; at = at.around) {
            at.helpers.stream().filter(helper -> helper.kind() == kind).forEach(found::add);
        }
        return found;
    }

    /** Whether the innermost block has such a name. */
    boolean own(String text) {
        return names.stream().anyMatch(name -> name.text().equals(text));
    }

    /** All that can be seen of a type. */
    List<Name> of(Type type) {
        List<Name> found = new ArrayList<>();
        Set<String> hidden = new HashSet<>();
        for (Scope at = this; at != null; at = at.around) {
            for (Name name : at.names) {
                if (hidden.add(name.text()) && name.type() == type) {
                    found.add(name);
                }
            }
        }
        return found;
    }

    Optional<Name> any(Chance chance, Type type) {
        List<Name> found = of(type);
        return found.isEmpty() ? Optional.empty() : Optional.of(chance.oneOf(found));
    }

    Optional<Name> assignable(Chance chance, Type type) {
        List<Name> found = of(type).stream().filter(Name::assignable).toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(chance.oneOf(found));
    }
}
