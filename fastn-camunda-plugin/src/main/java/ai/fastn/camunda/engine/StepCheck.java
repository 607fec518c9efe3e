package ai.fastn.camunda.engine;

import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.TenantId;
import java.util.List;

/**
 * Says what is wrong with code that a person has written into a process, when the process is deployed. The engine hooks
 * do not know the compiler; whoever wires them does.
 */
public interface StepCheck {

    /**
     * The mistakes of the body of {@code async function (ctx)}, in the order of its lines, each a sentence that begins
     * with its line.
     */
    List<String> mistakes(TenantId tenant, ConnectorVersions connectors, String body);
}
