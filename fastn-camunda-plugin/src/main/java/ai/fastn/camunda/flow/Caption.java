package ai.fastn.camunda.flow;

import java.util.ArrayList;
import java.util.List;

/** A text in lines of a width. */
final class Caption {

    private static final String MORE = "…";

    private Caption() {}

    /**
     * Breaks between words, and within one that is longer than a line.
     *
     * @param width pixels of a line
     * @param size of the letters, in pixels
     * @param most lines; what does not fit ends in three dots
     */
    static List<String> lines(String text, double width, double size, int most) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.strip().split("\\s+", -1)) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && !fits(longer, width, size)) {
                lines.add(line);
                longer = word;
            }
            while (!fits(longer, width, size) && longer.codePointCount(0, longer.length()) > 1) {
                String begin = beforeBreak(Letters.REGULAR.fitting(longer, width, size));
                lines.add(begin);
                longer = longer.substring(begin.length());
            }
            line = longer;
        }
        lines.add(line);
        lines.removeIf(String::isEmpty);
        return lines.size() <= most ? lines : shortened(lines.subList(0, most), width, size);
    }

    /** Up to the last sign between words, or the last lower-case letter before an upper-case one, if there is one. */
    private static String beforeBreak(String part) {
        for (int end = part.length() - 1; end > 2; end--) {
            char last = part.charAt(end - 1);
            if ("_-./".indexOf(last) >= 0 || (Character.isLowerCase(last) && Character.isUpperCase(part.charAt(end)))) {
                return part.substring(0, end);
            }
        }
        return part;
    }

    private static List<String> shortened(List<String> lines, double width, double size) {
        List<String> shown = new ArrayList<>(lines);
        int last = shown.size() - 1;
        String end = shown.get(last) + " " + MORE;
        double room = width - Letters.REGULAR.width(MORE, size);
        shown.set(
                last,
                fits(end, width, size)
                        ? end
                        : Letters.REGULAR.fitting(shown.get(last), room, size).strip() + MORE);
        return shown;
    }

    private static boolean fits(String text, double width, double size) {
        return Letters.REGULAR.width(text, size) <= width;
    }
}
