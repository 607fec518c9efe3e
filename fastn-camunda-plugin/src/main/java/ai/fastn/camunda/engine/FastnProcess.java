package ai.fastn.camunda.engine;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.runtime.Program;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.Tier;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.time.Duration;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ProcessDefinitionImpl;
import org.jspecify.annotations.Nullable;

/**
 * What the parse listener found in a Fastn process; kept on its definition in the engine's deployment cache.
 *
 * @param timeout execution timeout, from the timer on the body
 * @param limits how many runs at once
 */
record FastnProcess(Program program, WorkflowSlug slug, Tier tier, Duration timeout, ConcurrencyLimits limits) {

    private static final String PROPERTY = "fastn.process";

    void attachTo(ProcessDefinitionEntity definition) {
        definition.setProperty(PROPERTY, this);
    }

    /** The Fastn side of a definition. */
    static FastnProcess of(ProcessDefinitionImpl definition) {
        Object found = definition.getProperty(PROPERTY);
        if (found instanceof FastnProcess process) {
            return process;
        }
        throw new IllegalStateException("bug: process \"" + definition.getId() + "\" is no Fastn process");
    }

    static boolean isFastn(ProcessDefinitionImpl definition) {
        return definition.getProperty(PROPERTY) instanceof FastnProcess;
    }

    static TenantId tenantOf(@Nullable String camundaTenantId) {
        return camundaTenantId == null ? TenantId.DEFAULT : new TenantId(camundaTenantId);
    }

    /** The number in {@code camunda:versionTag="v3"}; 0 where there is none. */
    static int versionOf(ProcessDefinitionEntity definition) {
        String tag = definition.getVersionTag();
        return tag != null && tag.matches("v\\d{1,9}") ? Integer.parseInt(tag.substring(1)) : 0;
    }

    /** Whether an element of this name and namespace is ours. */
    static boolean isOurs(@Nullable String scriptFormat) {
        return FastnBpmn.SCRIPT_FORMAT.equals(scriptFormat);
    }
}
