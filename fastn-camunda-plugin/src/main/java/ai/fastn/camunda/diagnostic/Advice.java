package ai.fastn.camunda.diagnostic;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What to write instead of a name that nobody knows. */
public final class Advice {

    /** So many names a person looks through. */
    private static final int NAMED = 8;

    private Advice() {}

    /** The known name that looks most like it, else some of those there are. */
    public static String on(String thing, String name, Collection<String> names) {
        @Nullable String best = null;
        int least = Math.max(2, name.length() / 3) + 1;
        List<String> sorted = names.stream().sorted().toList();
        for (String candidate : sorted) {
            int distance = distance(name, candidate);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        if (best != null) {
            return "did you mean \"" + best + "\"?";
        }
        if (sorted.isEmpty()) {
            return "add the " + thing + " first: there is none.";
        }
        String some = sorted.stream().limit(NAMED).collect(Collectors.joining(", "));
        return "take one that exists: " + some + (sorted.size() > NAMED ? ", ..." : ".");
    }

    /** How many letters to add, drop or change, upper and lower case alike. */
    private static int distance(String from, String to) {
        String a = from.toLowerCase(Locale.ROOT);
        String b = to.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
