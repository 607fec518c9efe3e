package ai.fastn.camunda.compiler.slice;

import java.util.Arrays;

/** Line and column, both from 1, of the offsets of a text. */
final class Lines {

    private final int[] starts;

    Lines(String text) {
        int[] found = new int[16];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                found = count == found.length ? Arrays.copyOf(found, count * 2) : found;
                found[count++] = i + 1;
            }
        }
        starts = Arrays.copyOf(found, count);
    }

    int lineOf(int offset) {
        int at = Arrays.binarySearch(starts, offset);
        return at >= 0 ? at + 1 : -at - 1;
    }

    int columnOf(int offset) {
        return offset - starts[lineOf(offset) - 1] + 1;
    }
}
