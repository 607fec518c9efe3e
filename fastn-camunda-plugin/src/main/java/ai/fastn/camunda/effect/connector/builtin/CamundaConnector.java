package ai.fastn.camunda.effect.connector.builtin;

import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.connector.ActionCall;
import ai.fastn.camunda.effect.connector.ActionFailedException;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.workflow.TenantId;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.exception.NotFoundException;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.ExecutionQuery;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;

/**
 * {@code fastn.connector.camunda}: the process engine that the workflow itself runs in. Sees what belongs to the tenant
 * of the run, and processes that the operator lists. Each call is a transaction of its own.
 */
final class CamundaConnector {

    private final Supplier<ProcessEngine> engine;
    private final Set<String> processes;

    /**
     * The connector.
     *
     * @param engine asked for at each call
     * @param processes keys that may be started, told and completed
     */
    CamundaConnector(Supplier<ProcessEngine> engine, List<String> processes) {
        this.engine = engine;
        this.processes = Set.copyOf(processes);
    }

    ConnectorDefinition definition() {
        return DefinitionFile.read(
                "camunda",
                Map.of(
                        "startProcess", (members, call) -> startProcess(new Input(members), call.scope()),
                        "correlateMessage", (members, call) -> correlateMessage(new Input(members), call),
                        "completeTask", (members, call) -> completeTask(new Input(members), call),
                        "evaluateDecision", (members, call) -> evaluateDecision(new Input(members), call),
                        "getProcessInstance", (members, call) -> getProcessInstance(new Input(members), call)));
    }

    private JsonNode startProcess(Input input, EffectScope scope) throws ActionFailedException {
        String key = input.text("processKey");
        requireAllowed(key);
        String businessKey = input.optionalText("businessKey").orElse(scope.idempotencyKey());
        ProcessInstances instances = new ProcessInstances(engine.get(), scope.tenant());
        if (scope.rebuilt() || scope.begunBefore()) {
            Optional<ObjectNode> started = instances.startedBy(scope.idempotencyKey(), key, businessKey);
            if (started.isPresent()) {
                return started.get();
            }
        }
        Map<String, Object> variables = Variables.read(input.members().path("variables"));
        variables.put(ProcessInstances.STARTED_BY, scope.idempotencyKey());
        var builder = engine.get()
                .getRuntimeService()
                .createProcessInstanceById(definitionId(key, scope.tenant()))
                .businessKey(businessKey)
                .setVariables(variables);
        ProcessInstance started = performed(builder::execute);
        return instances.shown(started);
    }

    private String definitionId(String key, TenantId tenant) throws ActionFailedException {
        var query = engine.get()
                .getRepositoryService()
                .createProcessDefinitionQuery()
                .processDefinitionKey(key)
                .latestVersion();
        var found = tenant.isDefault() ? query.withoutTenantId() : query.tenantIdIn(tenant.value());
        var definition = found.singleResult();
        if (definition == null) {
            throw new ActionFailedException("process \"" + key + "\" is not deployed", false, Map.of("status", 404));
        }
        return definition.getId();
    }

    /** To exactly one instance that waits: a message that nobody or several wait for changes nothing. */
    private JsonNode correlateMessage(Input input, ActionCall call) throws ActionFailedException {
        String message = input.text("message");
        ExecutionQuery query = engine.get().getRuntimeService().createExecutionQuery();
        query.messageEventSubscriptionName(message);
        input.optionalText("businessKey").ifPresent(query::processInstanceBusinessKey);
        input.optionalText("processInstanceId").ifPresent(query::processInstanceId);
        TenantId tenant = call.scope().tenant();
        List<Execution> waiting =
                (tenant.isDefault() ? query.withoutTenantId() : query.tenantIdIn(tenant.value())).listPage(0, 2);
        if (waiting.size() != 1) {
            throw new ActionFailedException(
                    waiting.isEmpty()
                            ? "no process instance waits for message \"" + message + "\""
                            : "several process instances wait for message \"" + message
                                    + "\"; name one by businessKey or processInstanceId",
                    false,
                    Map.of("status", waiting.isEmpty() ? 404 : 409));
        }
        Execution execution = waiting.get(0);
        ProcessInstances instances = new ProcessInstances(engine.get(), tenant);
        requireAllowed(instances.keyOf(execution.getProcessInstanceId()));
        Map<String, Object> variables = Variables.read(input.members().path("variables"));
        performed(() -> {
            engine.get().getRuntimeService().messageEventReceived(message, execution.getId(), variables);
            return execution;
        });
        return JsonNodeFactory.instance.objectNode().put("processInstanceId", execution.getProcessInstanceId());
    }

    private JsonNode completeTask(Input input, ActionCall call) throws ActionFailedException {
        ProcessInstances instances =
                new ProcessInstances(engine.get(), call.scope().tenant());
        Optional<Task> task = task(input, call.scope().tenant());
        if (task.isEmpty()) {
            boolean again = call.scope().rebuilt() || call.scope().begunBefore();
            Optional<ObjectNode> done = again ? instances.completed(input) : Optional.empty();
            return done.orElseThrow(
                    () -> new ActionFailedException("the task does not exist", false, Map.of("status", 404)));
        }
        Task open = task.get();
        requireAllowed(instances.keyOf(open.getProcessInstanceId()));
        Map<String, Object> variables = Variables.read(input.members().path("variables"));
        performed(() -> {
            engine.get().getTaskService().complete(open.getId(), variables);
            return open;
        });
        return ProcessInstances.shown(open.getId(), open.getProcessInstanceId());
    }

    /** By its id, or by its key inside an instance. */
    private Optional<Task> task(Input input, TenantId tenant) throws ActionFailedException {
        TaskQuery query = engine.get().getTaskService().createTaskQuery();
        input.optionalText("taskId").ifPresent(query::taskId);
        input.optionalText("taskKey").ifPresent(query::taskDefinitionKey);
        input.optionalText("processInstanceId").ifPresent(query::processInstanceId);
        List<Task> found =
                (tenant.isDefault() ? query.withoutTenantId() : query.tenantIdIn(tenant.value())).listPage(0, 2);
        if (found.size() > 1) {
            throw new ActionFailedException(
                    "several tasks have this key; name one by taskId", false, Map.of("status", 409));
        }
        return found.stream()
                .filter(task -> task.getProcessInstanceId() != null)
                .findFirst();
    }

    private JsonNode evaluateDecision(Input input, ActionCall call) throws ActionFailedException {
        String key = input.text("decisionKey");
        var query = engine.get()
                .getRepositoryService()
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey(key)
                .latestVersion();
        TenantId tenant = call.scope().tenant();
        DecisionDefinition decision =
                (tenant.isDefault() ? query.withoutTenantId() : query.tenantIdIn(tenant.value())).singleResult();
        if (decision == null) {
            throw new ActionFailedException("decision \"" + key + "\" is not deployed", false, Map.of("status", 404));
        }
        Map<String, Object> variables = Variables.read(input.members().path("variables"));
        DmnDecisionResult result = performed(() -> engine.get()
                .getDecisionService()
                .evaluateDecisionById(decision.getId())
                .variables(variables)
                .evaluate());
        return Variables.json(result);
    }

    private JsonNode getProcessInstance(Input input, ActionCall call) throws ActionFailedException {
        String id = input.text("processInstanceId");
        return new ProcessInstances(engine.get(), call.scope().tenant())
                .find(id)
                .orElseThrow(() -> new ActionFailedException(
                        "process instance \"" + id + "\" does not exist", false, Map.of("status", 404)));
    }

    private void requireAllowed(String processKey) {
        if (!processes.contains(processKey)) {
            throw Input.refused("process \"" + processKey + "\" may not be used by workflows: the operator lists those"
                    + " that may in fastn.connectors.camunda.processes");
        }
    }

    /** The engine's own messages may quote variables. */
    private static <T> T performed(Supplier<T> command) throws ActionFailedException {
        try {
            return command.get();
        } catch (NotFoundException | NullValueException e) {
            throw new ActionFailedException("it is not there any more", false, Map.of("status", 404));
        } catch (ProcessEngineException | DmnEngineException e) {
            boolean passing = e instanceof OptimisticLockingException;
            throw new ActionFailedException(
                    passing ? "somebody else changed it at the same time" : "the engine refused it; its log says why",
                    passing,
                    Map.of());
        }
    }
}
