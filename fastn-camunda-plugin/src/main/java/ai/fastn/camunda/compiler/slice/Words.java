package ai.fastn.camunda.compiler.slice;

import java.util.List;
import java.util.Locale;

/** Makes words of identifiers, and keeps what is shown in a diagram short. */
public final class Words {

    private static final int LONGEST = 60;

    private Words() {}

    /** {@code dealStage} gives {@code deal stage}; {@code MAX_ATTEMPTS} stays loud. */
    public static String spoken(String identifier) {
        String words = identifier
                .replaceAll("[_$]+", " ")
                .replaceAll("([a-z0-9])([A-Z])", "$1 $2")
                .strip();
        if (words.isEmpty()) {
            return identifier;
        }
        return words.equals(words.toUpperCase(Locale.ROOT)) ? words : words.toLowerCase(Locale.ROOT);
    }

    public static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    public static String lower(String text) {
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    public static String cut(String text) {
        String shown = text.replaceAll("\\p{Cntrl}+", " ");
        return shown.length() <= LONGEST
                ? shown
                : shown.substring(0, LONGEST - 1).strip() + "…";
    }

    /** {@code deal, owner, note and 2 more}. */
    public static String list(List<String> identifiers) {
        List<String> words = identifiers.stream()
                .map(Words::spoken)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
        List<String> shown = words.stream().limit(3).toList();
        if (words.size() > shown.size()) {
            return String.join(", ", shown) + " and " + (words.size() - shown.size()) + " more";
        }
        int last = shown.size() - 1;
        return last < 1
                ? String.join("", shown)
                : String.join(", ", shown.subList(0, last)) + " and " + shown.get(last);
    }
}
