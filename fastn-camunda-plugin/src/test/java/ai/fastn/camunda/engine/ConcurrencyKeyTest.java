package ai.fastn.camunda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.bpmn.FastnBpmn;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which runs have the same key. */
class ConcurrencyKeyTest {

    @Test
    void theKeyIsWhatThePathLeadsTo() {
        assertThat(key("input.customer.id", "{\"customer\": {\"id\": \"c1\"}}")).contains("c1");
        assertThat(key("input.customer.id", "{\"customer\": {\"id\": 17}}")).contains("17");
        assertThat(key("input.0.objectId", "[{\"objectId\": 9}]")).contains("9");
        assertThat(key("input.a/b", "{\"a/b\": true}")).contains("true");
        assertThat(key("input.customer", "{\"customer\": {\"id\": 1}}")).contains("{\"id\":1}");
    }

    @Test
    void anInputWithNothingThereHasNoKey() {
        assertThat(key("input.customer.id", "{}")).isEmpty();
        assertThat(key("input.customer.id", "null")).isEmpty();
        assertThat(key("input.customer.id", "{\"customer\": {\"id\": null}}")).isEmpty();
    }

    @Test
    void oneRunPerKeyUnlessMoreAreAllowed() {
        assertThat(limits(Map.of(FastnBpmn.CONCURRENCY_KEY, "input.id")).ofKey())
                .isEqualTo(1);
        assertThat(limits(Map.of(FastnBpmn.CONCURRENCY_KEY, "input.id", FastnBpmn.CONCURRENCY_RUNS_PER_KEY, "3"))
                        .ofKey())
                .isEqualTo(3);
        assertThat(limits(Map.of()).isNone()).isTrue();
    }

    @Test
    void aNumberPerKeyWithoutAKeyIsRefused() {
        assertThatThrownBy(() -> limits(Map.of(FastnBpmn.CONCURRENCY_RUNS_PER_KEY, "3")))
                .hasMessageContaining("\"fastn.concurrency.runs-per-key\" but no \"fastn.concurrency.key\"");
        assertThatThrownBy(() -> limits(Map.of(FastnBpmn.CONCURRENCY_RUNS, "0")))
                .hasMessageContaining("a number from 1 to 999999 is expected");
    }

    private static Optional<String> key(String path, String input) {
        return limits(Map.of(FastnBpmn.CONCURRENCY_KEY, path)).keyOf(input);
    }

    private static ConcurrencyLimits limits(Map<String, String> properties) {
        return ConcurrencyLimits.of("p", properties);
    }
}
