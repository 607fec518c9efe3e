package ai.fastn.examples.host.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** The hand-made Java delegate: the same sum that the scripts compute. */
public final class OrderTotal implements JavaDelegate {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void execute(DelegateExecution execution) throws JsonProcessingException {
        long total = of(execution);
        String result = JSON.createObjectNode()
                .put("total", total)
                .put("discount", total > 500 ? 0.1 : 0)
                .toString();
        execution.setVariable("result", result);
    }

    static long of(DelegateExecution execution) throws JsonProcessingException {
        long total = 0;
        for (JsonNode item :
                JSON.readTree((String) execution.getVariable("input")).get("items")) {
            total += item.get("price").asLong() * item.get("quantity").asLong();
        }
        return total;
    }
}
