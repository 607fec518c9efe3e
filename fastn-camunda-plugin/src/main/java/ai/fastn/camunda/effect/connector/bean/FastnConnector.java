package ai.fastn.camunda.effect.connector.bean;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a Spring bean a connector that the workflows of every tenant can call; its methods with {@link FastnAction} are
 * the actions.
 *
 * <pre>{@code
 * @Component
 * @FastnConnector(value = "sap", title = "SAP")
 * class SapConnector {
 *
 *     record Material(String number, String text, @Nullable BigDecimal price) {}
 *
 *     @FastnAction(kind = StepKind.READ)
 *     Material getMaterial(String number) throws ActionFailedException {
 *         return sap.find(number).orElseThrow(
 *             () -> new ActionFailedException("material " + number + " does not exist", false, Map.of("status", 404)));
 *     }
 *
 *     @FastnAction(title = "Create order", idempotent = true)
 *     Order createOrder(NewOrder order, ActionCall call) {
 *         return sap.create(order, call.scope().idempotencyKey());
 *     }
 * }
 * }</pre>
 *
 * In a workflow: {@code const material = await fastn.connector.sap.getMaterial({ number: "M-01" })}. Tests of workflows
 * put a bean of the same name in its place. The bean is asked for at the first call, so that it may need the process
 * engine.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface FastnConnector {

    /** The slug: lower-case words joined by hyphens, {@code hubspot-crm}; {@code hubspotCrm} in code. */
    String value();

    /** The name that people see; absent: made of the slug. */
    String title() default "";

    /** What it is, in sentences. */
    String description() default "";

    /**
     * How it shows who calls, in the form of {@code auth} in a definition file: {@code {type: oauth2ClientCredentials,
     * tokenUrl: "https://login.example.com/token"}}. Its actions find what a connection has in
     * {@code call.credentials()}; absent: it has no connections.
     */
    String auth() default "";
}
