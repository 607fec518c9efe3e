package ai.fastn.camunda.engine;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.runtime.VisibleHeaders;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.core.variable.CoreVariableInstance;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.HistoricVariableInstanceEntity;
import org.camunda.bpm.engine.impl.persistence.entity.VariableInstanceEntity;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.StringValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * The variables {@code input} and {@code headers} of a native start: of type Json, Object, or String with JSON text.
 * They are taken out of the process, because the run keeps its own copy.
 *
 * @param input JSON, {@code null} when there was no variable
 * @param headers JSON object, without credentials
 */
record StartVariables(String input, String headers) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static StartVariables take(DelegateExecution execution) {
        String headers = take(execution, FastnBpmn.HEADERS_VARIABLE, "{}");
        return new StartVariables(take(execution, FastnBpmn.INPUT_VARIABLE, "null"), visible(headers));
    }

    /** Whoever forwards a request to the engine may forward its credentials too. */
    private static String visible(String headers) {
        try {
            JsonNode object = JSON.readTree(headers);
            if (!object.isObject()) {
                throw notJson(FastnBpmn.HEADERS_VARIABLE, "is no JSON object", null);
            }
            return VisibleHeaders.json(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: variable headers was JSON and is not", e);
        }
    }

    private static String take(DelegateExecution execution, String name, String absent) {
        TypedValue value = execution.getVariableTyped(name, false);
        if (value == null) {
            return absent;
        }
        String json = json(name, value);
        remove((ExecutionEntity) execution, name);
        return json;
    }

    /** Also from the history, where credentials among the headers would stay. */
    private static void remove(ExecutionEntity execution, String name) {
        CoreVariableInstance variable = execution.getVariableInstance(name);
        execution.removeVariable(name);
        if (variable instanceof VariableInstanceEntity stored && stored.getId() != null) {
            CommandContext context = Context.getCommandContext();
            // by its id, which is the variable's: a query would not see what this command has not written yet
            HistoricVariableInstanceEntity kept =
                    context.getDbEntityManager().selectById(HistoricVariableInstanceEntity.class, stored.getId());
            if (kept != null) {
                kept.delete();
            }
            context.getHistoricDetailManager().deleteHistoricDetailsByVariableInstanceId(stored.getId());
        }
    }

    /**
     * A variable as JSON.
     *
     * @throws FastnException INPUT_NOT_JSON
     */
    static String json(String name, TypedValue value) {
        if (value instanceof SerializableValue serialized
                && "application/json".equals(serialized.getSerializationDataFormat())
                && serialized.getValueSerialized() != null) {
            return checked(name, serialized.getValueSerialized());
        }
        if (value instanceof StringValue text && text.getValue() != null) {
            return checked(name, text.getValue());
        }
        return converted(name, value.getValue());
    }

    private static String checked(String name, String text) {
        try {
            JsonNode read = JSON.readTree(text);
            if (read == null || read.isMissingNode()) {
                throw notJson(name, "is an empty text", null);
            }
            return text;
        } catch (JsonProcessingException e) {
            throw notJson(name, "is text that is no JSON", e);
        }
    }

    private static String converted(String name, @Nullable Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw notJson(name, "can not be written as JSON", e);
        }
    }

    private static FastnException notJson(String name, String why, @Nullable Throwable cause) {
        String message = "variable \"" + name + "\" " + why + ": send it as type Json, or as String with JSON text";
        return cause == null
                ? new FastnException(ErrorCode.INPUT_NOT_JSON, message)
                : new FastnException(ErrorCode.INPUT_NOT_JSON, message, cause);
    }
}
