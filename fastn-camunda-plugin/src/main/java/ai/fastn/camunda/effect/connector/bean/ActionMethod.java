package ai.fastn.camunda.effect.connector.bean;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.connector.ActionCall;
import ai.fastn.camunda.effect.connector.JavaAction;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ReflectionUtils;

/** A method of a bean as an action: reads its parameters out of the input, calls it, writes what it returns. */
final class ActionMethod implements JavaAction {

    static final JsonMapper JSON = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule(), new ParameterNamesModule())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();

    private final Method method;
    private final Supplier<?> bean;
    private final boolean wholeInput;

    private ActionMethod(Method method, Supplier<?> bean, boolean wholeInput) {
        this.method = method;
        this.bean = bean;
        this.wholeInput = wholeInput;
    }

    static ActionMethod of(Method method, Supplier<?> bean) {
        List<Parameter> inputs = inputs(method);
        boolean whole = inputs.size() == 1 && isObject(type(inputs.get(0)));
        if (!whole && inputs.stream().anyMatch(parameter -> !parameter.isNamePresent())) {
            throw ConnectorBeans.wrong(
                    ConnectorBeans.place(method),
                    "has parameters without names: compile it with -parameters, or take one record");
        }
        if (Future.class.isAssignableFrom(method.getReturnType())
                || CompletionStage.class.isAssignableFrom(method.getReturnType())) {
            throw ConnectorBeans.wrong(
                    ConnectorBeans.place(method), "returns before it is done; an action waits for its result");
        }
        return new ActionMethod(method, bean, whole);
    }

    ObjectNode inputSchema() {
        List<Parameter> inputs = inputs(method);
        return wholeInput ? TypeSchemas.of(inputs.get(0).getParameterizedType()) : TypeSchemas.ofMembers(inputs);
    }

    /** Of what it returns; empty when it returns nothing. */
    Optional<JsonNode> outputSchema() {
        return method.getReturnType() == void.class
                ? Optional.empty()
                : Optional.of(TypeSchemas.of(method.getGenericReturnType()));
    }

    @Override
    public @Nullable JsonNode perform(JsonNode input, ActionCall call) throws Exception {
        Object target = bean.get();
        Object[] arguments = Arrays.stream(method.getParameters())
                .map(parameter -> parameter.getType() == ActionCall.class ? call : argument(parameter, input))
                .toArray();
        Method invocable = AopUtils.selectInvocableMethod(method, target.getClass());
        ReflectionUtils.makeAccessible(invocable);
        try {
            return JSON.valueToTree(invocable.invoke(target, arguments));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception thrown) {
                throw thrown;
            }
            throw e;
        }
    }

    private @Nullable Object argument(Parameter parameter, JsonNode input) {
        JsonNode value = wholeInput ? input : input.path(parameter.getName());
        try {
            return JSON.treeToValue(value.isMissingNode() ? JSON.nullNode() : value, type(parameter));
        } catch (JsonMappingException e) {
            throw misfit(parameter, e);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: a tree can always be read", e);
        }
    }

    /** Names the place; Jackson's own message would show the value. */
    private FastnException misfit(Parameter parameter, JsonMappingException e) {
        StringBuilder place = new StringBuilder(wholeInput ? "" : parameter.getName());
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                place.append('[').append(step.getIndex()).append(']');
            } else {
                place.append(place.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return new FastnException(
                ErrorCode.CONNECTOR_INPUT,
                place.isEmpty()
                        ? "the input does not have the form that the action expects"
                        : "input member \"" + place + "\" does not have the form that the action expects");
    }

    private static List<Parameter> inputs(Method method) {
        return Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.getType() != ActionCall.class)
                .toList();
    }

    static JavaType type(Parameter parameter) {
        return JSON.constructType(parameter.getParameterizedType());
    }

    /** Whether a value of the type is a JSON object that stands for the whole input. */
    private static boolean isObject(JavaType type) {
        return type.isMapLikeType()
                || type.isTypeOrSubTypeOf(JsonNode.class)
                || type.getRawClass().isRecord()
                || (!type.isPrimitive()
                        && !type.isEnumType()
                        && !type.isContainerType()
                        && !type.isReferenceType()
                        && !type.getRawClass().getName().startsWith("java."));
    }
}
