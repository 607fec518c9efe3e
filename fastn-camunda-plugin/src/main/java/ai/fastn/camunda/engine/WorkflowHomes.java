package ai.fastn.camunda.engine;

import ai.fastn.camunda.workflow.Tier;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;

/** Which process definitions are workflows, of which tier and whose. A definition never changes. */
final class WorkflowHomes {

    /** Enough for every workflow that has jobs; it costs nothing but time to read one again. */
    private static final int MOST = 10_000;

    private final Map<String, Optional<Home>> known = new ConcurrentHashMap<>();

    /** Where the jobs of a workflow belong. */
    record Home(Tier tier, String tenant, String deployment) {}

    boolean knows(String definition) {
        return known.containsKey(definition);
    }

    /** Nothing for processes that are no workflows. */
    Optional<Home> of(CommandContext context, String definition) {
        if (known.size() > MOST) {
            known.clear();
        }
        return known.computeIfAbsent(definition, id -> find(context, id));
    }

    /** A definition that can not be read is left to the engine: its jobs fail, visibly, and no others wait for them. */
    private static Optional<Home> find(CommandContext context, String id) {
        try {
            ProcessDefinitionEntity definition =
                    context.getProcessEngineConfiguration().getDeploymentCache().findDeployedProcessDefinitionById(id);
            return FastnProcess.isFastn(definition)
                    ? Optional.of(new Home(
                            FastnProcess.of(definition).tier(),
                            FastnProcess.tenantOf(definition.getTenantId()).value(),
                            definition.getDeploymentId()))
                    : Optional.empty();
        } catch (RuntimeException e) {
            if (PassingFailures.isPassing(e)) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
