package ai.fastn.camunda.flow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Widths and outlines of letters (Arimo, which is as wide as Arial): a picture is measured and drawn without any font
 * of the server, and is the same everywhere. Immutable.
 */
final class Letters {

    private static final String RESOURCE = "letters.txt";

    /** Units of an outline in one em. */
    private static final double EM = 2048;

    static final Letters REGULAR = read("r");
    static final Letters BOLD = read("b");

    private final Map<Integer, Letter> letters;

    private Letters(Map<Integer, Letter> letters) {
        this.letters = Map.copyOf(letters);
    }

    /** @param path commands of SVG, relative to where the letter stands, upwards positive */
    private record Letter(int advance, String path) {}

    /** Each line: weight, code point in hexadecimal, advance, outline; a blank has none. */
    private static Letters read(String weight) {
        Map<Integer, Letter> letters = new HashMap<>();
        text().lines()
                .map(line -> line.split(" ", 4))
                .filter(parts -> parts[0].equals(weight))
                .forEach(parts -> letters.put(
                        Integer.parseInt(parts[1], 16),
                        new Letter(Integer.parseInt(parts[2]), parts.length > 3 ? parts[3] : "")));
        return new Letters(letters);
    }

    private static String text() {
        try (@Nullable InputStream file = Letters.class.getResourceAsStream(RESOURCE)) {
            if (file == null) {
                throw new IllegalStateException("bug: " + RESOURCE + " is not in the jar");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pixels that a text takes at a size; a letter that is not here is taken for a wide one. */
    double width(String text, double size) {
        return text.codePoints().mapToDouble(this::advance).sum() * size / EM;
    }

    private double advance(int codePoint) {
        Letter letter = letters.get(codePoint);
        return letter == null ? EM : letter.advance();
    }

    boolean hasAll(String text) {
        return text.codePoints().allMatch(letters::containsKey);
    }

    /** As many letters from the beginning of a text as fit into a width; at least one. */
    String fitting(String text, double width, double size) {
        double left = width * EM / size;
        int end = 0;
        while (end < text.length()) {
            int letter = text.codePointAt(end);
            left -= advance(letter);
            if (left < 0 && end > 0) {
                break;
            }
            end += Character.charCount(letter);
        }
        return text.substring(0, end);
    }

    /** The outline of a text of which all letters are here, as an SVG path of units with {@link #scale}. */
    String outline(String text) {
        StringBuilder path = new StringBuilder();
        int pen = 0;
        for (int letter : text.codePoints().toArray()) {
            Letter one = letters.getOrDefault(letter, new Letter(0, ""));
            if (!one.path().isEmpty()) {
                path.append('M').append(pen).append(" 0").append(one.path());
            }
            pen += one.advance();
        }
        return path.toString();
    }

    /** Pixels of one unit at a size. */
    static double scale(double size) {
        return size / EM;
    }
}
