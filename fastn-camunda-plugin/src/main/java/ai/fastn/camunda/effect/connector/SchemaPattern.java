package ai.fastn.camunda.effect.connector;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.regex.RegularExpression;
import java.util.Optional;

/**
 * A regular expression of a JSON Schema. RE2 matches it in time that grows with text and expression, whoever wrote
 * them; what it can not do, look around and refer back, is no pattern here.
 */
public final class SchemaPattern implements RegularExpression {

    /** What is compared takes less than a second. */
    private static final long MOST_STEPS = 50_000_000;

    private static final int LARGEST = 5_000;

    /** {@code é} of ECMAScript, which RE2 writes <code>\x{00e9}</code>. */
    private static final java.util.regex.Pattern UNICODE =
            java.util.regex.Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u([0-9A-Fa-f]{4})");

    private final Pattern pattern;

    private SchemaPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** Whether it can be matched. */
    public static boolean isUsable(String text) {
        return of(text).isPresent();
    }

    static Optional<SchemaPattern> of(String text) {
        String regex = UNICODE.matcher(text).replaceAll("$1\\\\x{$2}");
        if (RepeatedSize.of(regex) > LARGEST) {
            return Optional.empty();
        }
        try {
            Pattern pattern = Pattern.compile(regex);
            return pattern.programSize() > LARGEST ? Optional.empty() : Optional.of(new SchemaPattern(pattern));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    /** Whether it occurs in the text. */
    @Override
    public boolean matches(String value) {
        if ((long) value.length() * pattern.programSize() > MOST_STEPS) {
            throw new UncheckableException(
                    "a text of " + value.length() + " characters is too long for a pattern of the schema");
        }
        return pattern.matcher(value).find();
    }

    /** An input can not be checked with reasonable effort. */
    static final class UncheckableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UncheckableException(String message) {
            super(message);
        }
    }
}
