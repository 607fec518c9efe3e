package ai.fastn.camunda.compiler.layout;

import org.jspecify.annotations.Nullable;

/** How much room a name takes as an external label; bpmn-js wraps these at 90 pixels, whatever their bounds say. */
final class Lettering {

    private static final double LINE_WIDTH = 90;
    private static final double LINE_HEIGHT = 14;

    /** A little more than the mean of Arial at 11 pixels, so that a label is never larger than its bounds. */
    private static final double CHARACTER = 6.5;

    /** The viewer breaks words that fill their bounds to the last pixel. */
    private static final double SLACK = 10;

    private static final int CHARACTERS = (int) ((LINE_WIDTH - 6) / CHARACTER);

    private Lettering() {}

    static Extent measure(Orientation orientation, @Nullable String name) {
        if (name == null || name.isBlank()) {
            return Extent.NONE;
        }
        int lines = 1;
        int used = 0;
        int longest = 0;
        for (String word : name.strip().split("\\s+", -1)) {
            int needed = used == 0 ? word.length() : used + 1 + word.length();
            if (needed > CHARACTERS && used > 0) {
                lines++;
                needed = word.length();
            }
            // A word longer than a line is broken by the viewer.
            lines += (needed - 1) / CHARACTERS;
            longest = Math.max(longest, Math.min(needed, CHARACTERS));
            used = needed > CHARACTERS ? (needed - 1) % CHARACTERS + 1 : needed;
        }
        return orientation.extent(Math.min(LINE_WIDTH, even(longest * CHARACTER + SLACK)), lines * LINE_HEIGHT);
    }

    /** Rounded up to an even number of pixels, so that the middle falls on one. */
    static double even(double length) {
        return 2 * Math.ceil(length / 2);
    }
}
