package ai.fastn.camunda.effect.connector.declaration;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names and texts as TypeScript writes them. */
final class Words {

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");

    /** Types that the declarations of actions use themselves. */
    private static final Set<String> TAKEN = Set.of("Actions", "FastnAnswer");

    private Words() {}

    /** The name of a member, quoted where it is no identifier. */
    static String key(String name) {
        return IDENTIFIER.matcher(name).matches() ? name : text(name);
    }

    /** A text in quotes; line separators would end a line in JavaScript. */
    static String text(String value) {
        return new TextNode(value).toString().replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }

    /** The name of a type made of any text: begins with a capital, so that it is no word of the language. */
    static String type(String name) {
        String letters = name.replaceAll("[^A-Za-z0-9_$]", "_");
        String safe = letters.isEmpty() || Character.isDigit(letters.charAt(0)) ? "T" + letters : letters;
        String type = safe.substring(0, 1).toUpperCase(Locale.ROOT) + safe.substring(1);
        return TAKEN.contains(type) ? type + "_" : type;
    }
}
