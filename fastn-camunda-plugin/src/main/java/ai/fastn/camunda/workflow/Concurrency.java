package ai.fastn.camunda.workflow;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How many runs of a workflow may be under way at once; null = no limit.
 *
 * @param runs runs of the workflow, 1 to {@link #MOST}
 * @param key a path into the input, {@code input.customer.id}: runs with the same value there are counted together
 * @param runsPerKey runs with one key, 1 to {@link #MOST}
 */
public record Concurrency(
        @Nullable Integer runs,
        @Nullable String key,
        @Nullable Integer runsPerKey) {

    public static final Concurrency UNLIMITED = new Concurrency(null, null, null);

    /** The largest limit. */
    public static final int MOST = 999_999;

    private static final Pattern PATH = Pattern.compile("input(\\.[^.\\s\\p{C}]+)+");

    public Concurrency {
        checkNumber("runs", runs);
        checkNumber("runs per key", runsPerKey);
        check(key == null || isPath(key), "key \"" + key + "\" is no path into the input such as input.customer.id");
        check(key == null || runsPerKey != null, "there is a key but no number of runs per key");
        check(key != null || runsPerKey == null, "there is a number of runs per key but no key");
    }

    /** Whether a text has the form of a key: {@code input}, then names or positions, each behind a dot. */
    public static boolean isPath(String text) {
        return PATH.matcher(text).matches();
    }

    public boolean isLimited() {
        return !equals(UNLIMITED);
    }

    private static void checkNumber(String what, @Nullable Integer number) {
        check(number == null || (number >= 1 && number <= MOST), what + " " + number + " lies outside 1 to " + MOST);
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("concurrency: " + otherwise);
        }
    }
}
