package ai.fastn.camunda.effect.connector.bean;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.InDoubt;
import ai.fastn.camunda.effect.connector.ActionWork;
import ai.fastn.camunda.effect.connector.CallTimeout;
import ai.fastn.camunda.effect.connector.ConnectionForm;
import ai.fastn.camunda.effect.connector.ConnectorAction;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.effect.connector.ConnectorFiles;
import ai.fastn.camunda.workflow.StepKind;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Makes definitions of beans. */
public final class ConnectorBeans {

    private static final Pattern SLUG = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

    private ConnectorBeans() {}

    /**
     * The connector that a bean is.
     *
     * @param type the class of the bean, with {@link FastnConnector}
     * @param bean asked for at each call
     * @throws FastnException CONNECTOR_DEFINITION naming class and method of the mistake
     */
    public static ConnectorDefinition definition(Class<?> type, Supplier<?> bean) {
        FastnConnector connector = AnnotatedElementUtils.getMergedAnnotation(type, FastnConnector.class);
        if (connector == null) {
            throw wrong(type.getName(), "has no annotation @FastnConnector");
        }
        if (!SLUG.matcher(connector.value()).matches()) {
            throw wrong(
                    type.getName(),
                    "has the slug \"" + connector.value() + "\"; a slug is lower-case words joined by hyphens");
        }
        return ConnectorDefinition.ofCode(
                connector.value(),
                connector.title().isEmpty() ? words(connector.value()) : connector.title(),
                connector.description(),
                ConnectorFiles.auth(type.getName(), connector.auth()),
                ConnectionForm.NONE,
                actions(type, bean));
    }

    private static List<ConnectorAction> actions(Class<?> type, Supplier<?> bean) {
        Map<Method, FastnAction> methods =
                MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<FastnAction>)
                        method -> AnnotatedElementUtils.findMergedAnnotation(method, FastnAction.class));
        Set<String> names = new HashSet<>();
        for (Method method : methods.keySet()) {
            if (!names.add(method.getName())) {
                throw wrong(place(method), "is there twice; an action is known by its name alone");
            }
        }
        return methods.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().getName()))
                .map(entry -> action(entry.getKey(), entry.getValue(), bean))
                .toList();
    }

    private static ConnectorAction action(Method method, FastnAction action, Supplier<?> bean) {
        ActionMethod call = ActionMethod.of(method, bean);
        ObjectNode input = call.inputSchema();
        boolean harmless = action.kind() == StepKind.READ || action.idempotent();
        return new ConnectorAction(
                method.getName(),
                action.title().isEmpty() ? words(method.getName()) : action.title(),
                action.description(),
                kind(method, action.kind()),
                Optional.of(input),
                call.outputSchema(),
                List.of(),
                action.idempotent(),
                harmless ? InDoubt.RETRY : InDoubt.FAIL,
                CallTimeout.of(timeout(method, action.timeoutMs())),
                new ActionWork.Java(call));
    }

    private static StepKind kind(Method method, StepKind kind) {
        if (kind != StepKind.READ && kind != StepKind.WRITE) {
            throw wrong(place(method), "has kind " + kind + "; allowed are READ, WRITE");
        }
        return kind;
    }

    private static Duration timeout(Method method, long millis) {
        Duration timeout = Duration.ofMillis(millis);
        if (millis < 1 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw wrong(place(method), "has timeoutMs " + millis + "; allowed are 1 to " + LONGEST_TIMEOUT.toMillis());
        }
        return timeout;
    }

    /** {@code createOrder} is "Create order", {@code sap-erp} is "Sap erp". */
    private static String words(String name) {
        String words = name.replaceAll("([a-z0-9])([A-Z])", "$1 $2")
                .replaceAll("[-_]", " ")
                .toLowerCase(Locale.ROOT);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    static String place(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }

    static FastnException wrong(String place, String what) {
        return new FastnException(ErrorCode.CONNECTOR_DEFINITION, "connector bean " + place + " " + what);
    }
}
