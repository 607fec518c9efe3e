package ai.fastn.camunda.flow;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Members of {@code ctx.input} that code names, directly or through a constant; as far as the text shows them, because
 * a workflow does not declare its input.
 */
final class InputMembers {

    private static final String NAME = "[A-Za-z_$][\\w$]*";
    private static final String PATH = NAME + "(?:\\??\\." + NAME + "|\\??\\.?\\[\\d+])*";
    private static final Pattern NAMED = Pattern.compile(
            "\\b(?:const|let|var)\\s+(" + NAME + ")\\s*=\\s*(" + PATH + ")\\s*(?:\\?\\?[^;\\n]*)?(?=[;\\n]|$)");
    private static final Pattern TAKEN_APART = Pattern.compile(
            "\\b(?:const|let|var)\\s*\\{([^{}]*)}\\s*=\\s*(" + PATH + ")\\s*(?:\\?\\?[^;\\n]*)?(?=[;\\n]|$)");
    private static final Pattern PART = Pattern.compile("(" + NAME + ")\\s*(?::\\s*(" + NAME + "))?\\s*(?:=.*)?");
    private static final Pattern USED = Pattern.compile("(?<![\\w$.'\"])" + PATH + "(\\s*\\()?");

    private final Map<String, String> meanings = new HashMap<>(Map.of("ctx", "ctx"));
    private final Set<String> found = new LinkedHashSet<>();

    private InputMembers() {}

    /** The members, without those of which a member is named too. */
    static List<String> of(String code) {
        InputMembers members = new InputMembers();
        members.read(code);
        return members.found.stream()
                .filter(path -> members.found.stream()
                        .noneMatch(other -> other.startsWith(path + ".") || other.startsWith(path + "[")))
                .sorted()
                .toList();
    }

    private void read(String code) {
        TAKEN_APART.matcher(code).results().forEach(match -> takeApart(match.group(1), match.group(2)));
        NAMED.matcher(code).results().forEach(match -> meanings.putIfAbsent(match.group(1), meaning(match.group(2))));
        // Once more: a constant taken out of a named one.
        TAKEN_APART.matcher(code).results().forEach(match -> takeApart(match.group(1), match.group(2)));
        USED.matcher(code).results().forEach(match -> use(match.group(), match.group(1) != null));
    }

    private void takeApart(String parts, String whole) {
        String meaning = meaning(whole);
        if (meaning.isEmpty()) {
            return;
        }
        for (String part : parts.split(",", -1)) {
            Matcher matcher = PART.matcher(part.strip());
            if (matcher.matches()) {
                String name = matcher.group(2) == null ? matcher.group(1) : matcher.group(2);
                String path = meaning + "." + matcher.group(1);
                meanings.put(name, path);
                keep(path);
            }
        }
    }

    /** What an expression stands for, beginning with {@code ctx}; empty when it is not about the run's input. */
    private String meaning(String expression) {
        String path = expression.replace("?.", ".").replace(".[", "[").replaceAll("\\[\\d+]", "[]");
        Matcher first = Pattern.compile("^" + NAME).matcher(path);
        String root = first.find() ? meanings.getOrDefault(first.group(), "") : "";
        return root.isEmpty() ? "" : root + path.substring(first.end());
    }

    private void use(String text, boolean called) {
        String path = meaning(called ? text.replaceAll("\\s*\\($", "") : text);
        keep(called ? path.replaceAll("\\.[^.\\[]*$", "") : path.replaceAll("\\.length$", ""));
    }

    private void keep(String path) {
        if (path.startsWith("ctx.input.") || path.startsWith("ctx.input[")) {
            found.add(path.substring("ctx.".length()));
        }
    }
}
