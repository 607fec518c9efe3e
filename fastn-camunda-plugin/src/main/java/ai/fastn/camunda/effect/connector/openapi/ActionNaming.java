package ai.fastn.camunda.effect.connector.openapi;

import ai.fastn.camunda.effect.connector.ActionNames;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Gives each operation of a document a name for code: the same document always gets the same names. */
final class ActionNaming {

    private static final int LONGEST = 80;
    private static final Pattern LEADING_CAPITALS = Pattern.compile("^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+");
    private static final Pattern MEMBER = Pattern.compile("\\{([^{}]*)}");

    private ActionNaming() {}

    /** By name, in the document's order. */
    static Map<String, ApiOperation> names(List<ApiOperation> operations, Warnings warnings) {
        Map<String, ApiOperation> named = new LinkedHashMap<>();
        for (ApiOperation operation : operations) {
            String wanted = nameOf(operation, warnings);
            String name = wanted;
            for (int number = 2; named.containsKey(name); number++) {
                name = wanted + "_" + number;
            }
            named.put(name, operation);
        }
        return named;
    }

    private static String nameOf(ApiOperation operation, Warnings warnings) {
        String id = operation.text("operationId");
        String words = shortened(camelCase(id));
        String name = words.isEmpty() ? shortened(ofPath(operation)) : words;
        if (Character.isDigit(name.charAt(0))) {
            name = "op" + name;
        }
        if (!ActionNames.isCallable(name)) {
            name = name + "Action";
        }
        if (!id.isEmpty() && isOtherWord(id, name)) {
            warnings.add(operation.place(), "has an operationId that is no name for code; the action is " + name);
        }
        return name;
    }

    /** {@code repos/list-for-user} is {@code reposListForUser}; empty without any ASCII letter or digit. */
    static String camelCase(String text) {
        String words = Arrays.stream(text.split("[^A-Za-z0-9]+", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        return LEADING_CAPITALS
                .matcher(words)
                .replaceFirst(match -> match.group().toLowerCase(Locale.ROOT));
    }

    /** {@code GET /deals/{dealId}} is {@code getDealsByDealId}. */
    private static String ofPath(ApiOperation operation) {
        String words = MEMBER.matcher(operation.path()).replaceAll("/by/$1");
        String method = operation.method().toLowerCase(Locale.ROOT);
        String name = camelCase(method + "/" + words);
        return name.equals(method) ? method + "Root" : name;
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
    }

    /**
     * Whether more was changed than signs between words and the case of letters, or a name that is no word but a trap.
     */
    private static boolean isOtherWord(String id, String name) {
        return id.startsWith("__") || !id.replaceAll("[^\\p{L}\\p{N}]", "").equalsIgnoreCase(name);
    }
}
