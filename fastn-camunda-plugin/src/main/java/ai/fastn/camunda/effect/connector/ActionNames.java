package ai.fastn.camunda.effect.connector;

import java.util.Set;
import java.util.regex.Pattern;

/** Which names an action can have: such as JavaScript code can call on an object without surprise. */
public final class ActionNames {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final Set<String> RESERVED =
            Set.of("constructor", "prototype", "then", "toString", "valueOf", "toJSON");

    private ActionNames() {}

    public static boolean isCallable(String name) {
        return NAME.matcher(name).matches() && !RESERVED.contains(name);
    }
}
