package ai.fastn.camunda.effect.connector.bean;

import ai.fastn.camunda.effect.connector.ActionCall;
import ai.fastn.camunda.effect.connector.ActionFailedException;
import ai.fastn.camunda.workflow.StepKind;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method of a {@link FastnConnector} an action of the same name.
 *
 * <p>The method takes the members of the action's input as parameters of the same names (compile with
 * {@code -parameters}), or all of it as one record, class or {@code Map}; beside them an {@link ActionCall} that says
 * on whose behalf it is called. Jackson reads the input and writes the result; the JSON Schemas that editors and agents
 * see are made of the Java types. A parameter or component of a record must be given unless its type is
 * {@code Optional} or carries an annotation named {@code Nullable}; members that nobody expects are refused.
 *
 * <p>The author's code sees an {@link ActionFailedException} as a {@code ConnectorError} with the same message and
 * facts, an {@code IOException} as one about a broken connection. Any other exception is logged; the author's code sees
 * a {@code ConnectorError} without its message. A call that takes too long is interrupted.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface FastnAction {

    /** The name that people see; absent: made of the method's name. */
    String title() default "";

    /** What it does, in sentences. */
    String description() default "";

    /** READ changes nothing and may be repeated at will; WRITE changes something. */
    StepKind kind() default StepKind.WRITE;

    /**
     * Whether a repeated call does no harm, because it sets what is set already or recognises
     * {@code call.scope().idempotencyKey()}. When a run dies in a WRITE that does not say so, an operator is asked what
     * happened.
     */
    boolean idempotent() default false;

    /** How many milliseconds a call may take, at most 600000. */
    long timeoutMs() default 30_000;
}
