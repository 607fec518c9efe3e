package ai.fastn.examples.host.bench;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.jdbc.core.JdbcTemplate;

/** By hand: writes an order that was accepted. */
record OrderInsert(JdbcTemplate tenants) implements JavaDelegate {

    @Override
    public void execute(DelegateExecution execution) {
        tenants.update(
                "INSERT INTO bench.orders (customer, total) VALUES (?, ?)", "acme", execution.getVariable("total"));
    }
}
