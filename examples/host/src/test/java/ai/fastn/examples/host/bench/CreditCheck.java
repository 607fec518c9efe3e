package ai.fastn.examples.host.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.jdbc.core.JdbcTemplate;

/** By hand: reads the credit of a customer and decides. */
record CreditCheck(JdbcTemplate tenants) implements JavaDelegate {

    @Override
    public void execute(DelegateExecution execution) throws JsonProcessingException {
        long total = OrderTotal.of(execution);
        Integer credit =
                tenants.queryForObject("SELECT amount FROM bench.credit WHERE customer = ?", Integer.class, "acme");
        execution.setVariable("total", total);
        execution.setVariable("accepted", credit != null && total <= credit);
    }
}
