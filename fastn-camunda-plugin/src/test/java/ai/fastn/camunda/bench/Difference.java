package ai.fastn.camunda.bench;

/**
 * One thing that a run did otherwise than the plain function.
 *
 * @param mode how the run was interrupted
 * @param part what differs: outcome, effects, console, repeated calls or waits
 * @param expected what the plain function did
 * @param actual what the process did
 */
record Difference(String mode, String part, String expected, String actual) {

    private static final int BEFORE = 80;
    private static final int LENGTH = 400;

    /** The same with the texts cut down to the place where they begin to differ. */
    Difference shortened() {
        int same = 0;
        while (same < Math.min(expected.length(), actual.length()) && expected.charAt(same) == actual.charAt(same)) {
            same++;
        }
        return new Difference(mode, part, around(expected, same), around(actual, same));
    }

    private static String around(String text, int place) {
        int from = Math.max(0, place - BEFORE);
        int to = Math.min(text.length(), from + LENGTH);
        return (from > 0 ? "…" : "") + text.substring(from, to) + (to < text.length() ? "…" : "");
    }
}
