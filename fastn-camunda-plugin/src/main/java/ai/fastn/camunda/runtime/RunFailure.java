package ai.fastn.camunda.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a run failed, as it is shown and stored.
 *
 * @param code FASTN code
 * @param name name of the author's error: {@code TypeError}
 * @param step id of the BPMN element that failed
 * @param line line in the author's text, 0 when unknown
 * @param column column in that line, 0 when unknown
 * @param fields further members of the error: {@code status}, {@code connector}...
 */
public record RunFailure(
        String code, String name, String message, String step, int line, int column, Map<String, Object> fields) {

    public RunFailure {
        // not Map.copyOf: a member of an error may be null
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
