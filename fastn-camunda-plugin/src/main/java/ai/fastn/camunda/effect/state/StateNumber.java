package ai.fastn.camunda.effect.state;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;

/** Counting: sums are decimal, so that whole numbers stay exact and 0.1 and 0.2 make 0.3. */
final class StateNumber {

    /** The largest whole number that JavaScript can tell from its neighbours. */
    private static final BigDecimal LARGEST = BigDecimal.valueOf((1L << 53) - 1);

    private static final ObjectMapper JSON = new ObjectMapper();

    private StateNumber() {}

    /**
     * The number to add, as JSON.
     *
     * @throws FastnException STATE_ARGUMENT
     */
    static String toAdd(JsonNode by) {
        if (!by.isNumber() || !isExact(by)) {
            throw StateCall.refused(
                    "what is added to a state value is not a number between -" + LARGEST + " and " + LARGEST);
        }
        return text(decimal(by));
    }

    /**
     * Value plus number, as JSON.
     *
     * @throws FastnException STATE_NUMBER when there is nothing to add to, or the sum can not be exact
     */
    static String sum(String key, String value, String toAdd) {
        JsonNode old = read(value);
        if (!old.isNumber() || !isExact(old)) {
            throw new FastnException(
                    ErrorCode.STATE_NUMBER,
                    "value of state key \"" + key + "\" is not a number that can be added to, but "
                            + (old.isNumber() ? "a number that is too large" : shown(old)));
        }
        BigDecimal sum = decimal(old).add(decimal(read(toAdd)));
        if (sum.abs().compareTo(LARGEST) > 0) {
            throw new FastnException(
                    ErrorCode.STATE_NUMBER,
                    "value of state key \"" + key + "\" would leave the numbers that JavaScript counts exactly, -"
                            + LARGEST + " to " + LARGEST);
        }
        return text(sum);
    }

    private static String shown(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL -> "null";
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            default -> "a " + value.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
        };
    }

    private static boolean isExact(JsonNode number) {
        double value = number.doubleValue();
        return Math.abs(value) <= LARGEST.doubleValue();
    }

    /** By way of a double, which every number of a workflow is: its decimal form is short. */
    private static BigDecimal decimal(JsonNode number) {
        return BigDecimal.valueOf(number.doubleValue());
    }

    private static String text(BigDecimal number) {
        BigDecimal plain = BigDecimal.valueOf(number.doubleValue()).stripTrailingZeros();
        return plain.scale() <= 0 ? plain.toPlainString() : plain.toString();
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: a state value is no JSON", e);
        }
    }
}
