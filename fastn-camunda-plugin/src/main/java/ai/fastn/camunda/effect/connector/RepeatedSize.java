package ai.fastn.camunda.effect.connector;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How large a regular expression gets when its counted repetitions are written out, as RE2 does before it says so:
 * {@code ((a{1000}){1000}){1000}} would take all memory.
 */
final class RepeatedSize {

    private static final long MOST = 1_000_000_000L;

    private final String regex;
    private final Deque<Long> groups = new ArrayDeque<>();
    private long sum;
    private long last;
    private int at;

    private RepeatedSize(String regex) {
        this.regex = regex;
    }

    /** In characters and classes, at most a milliard. */
    static long of(String regex) {
        RepeatedSize size = new RepeatedSize(regex);
        while (size.at < regex.length()) {
            size.step(regex.charAt(size.at));
        }
        size.add(0);
        while (!size.groups.isEmpty()) {
            size.close();
        }
        return size.sum + size.last;
    }

    private void step(char c) {
        switch (c) {
            case '\\' -> {
                at += 2;
                skipName();
                add(1);
            }
            case '[' -> {
                skipClass();
                add(1);
            }
            case '(' -> {
                add(0);
                groups.push(sum);
                sum = 0;
                at++;
            }
            case ')' -> {
                close();
                at++;
            }
            case '{' -> repeat();
            default -> {
                at++;
                add(1);
            }
        }
    }

    /** What stood before it can not be repeated any more. */
    private void add(long size) {
        sum = Math.min(MOST, sum + last);
        last = size;
    }

    private void close() {
        add(0);
        last = sum;
        sum = groups.isEmpty() ? 0 : groups.pop();
    }

    /** {@code \p{Greek}} and <code>\x{41}</code>. */
    private void skipName() {
        if (at < regex.length() && regex.charAt(at) == '{' && "pPx".indexOf(regex.charAt(at - 1)) >= 0) {
            int end = regex.indexOf('}', at);
            at = end < 0 ? regex.length() : end + 1;
        }
    }

    private void skipClass() {
        at++;
        for (boolean first = true; at < regex.length(); at++) {
            char c = regex.charAt(at);
            if (c == ']' && !first) {
                at++;
                return;
            }
            at += c == '\\' ? 1 : 0;
            first = first && c == '^';
        }
    }

    private void repeat() {
        int end = regex.indexOf('}', at);
        String inside = end < 0 ? "" : regex.substring(at + 1, end);
        if (!inside.matches("[0-9]{1,6}(,[0-9]{0,6})?")) {
            at++;
            add(1);
            return;
        }
        String most = inside.replaceFirst(",$", "").replaceFirst(".*,", "");
        last = Math.min(MOST, Math.max(last, 1) * Math.max(1, Long.parseLong(most)));
        at = end + 1;
    }
}
