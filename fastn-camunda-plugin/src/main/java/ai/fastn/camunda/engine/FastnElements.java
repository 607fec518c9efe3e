package ai.fastn.camunda.engine;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.runtime.Script;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.impl.util.xml.Namespace;
import org.jspecify.annotations.Nullable;

/** Reads our attributes and elements while the engine parses a process. */
final class FastnElements {

    private static final Namespace FASTN = new Namespace(FastnBpmn.NAMESPACE);
    private static final Namespace CAMUNDA = new Namespace("http://camunda.org/schema/1.0/bpmn");

    private FastnElements() {}

    static @Nullable String attribute(Element element, String name) {
        return element.attributeNS(FASTN, name);
    }

    static @Nullable String camundaAttribute(Element element, String name) {
        return element.attributeNS(CAMUNDA, name);
    }

    /** The prelude of a process; empty when it is not one of ours. */
    static Optional<String> prelude(Element process) {
        Element extensions = process.element("extensionElements");
        Element program = extensions == null ? null : extensions.elementNS(FASTN, FastnBpmn.PROGRAM);
        return program == null ? Optional.empty() : Optional.of(program.getText());
    }

    /** The {@code camunda:property} elements of an element, which every modeler shows. */
    static Map<String, String> properties(Element element) {
        Element extensions = element.element("extensionElements");
        Element properties = extensions == null ? null : extensions.elementNS(CAMUNDA, "properties");
        return properties == null
                ? Map.of()
                : properties.elementsNS(CAMUNDA, "property").stream()
                        .filter(each -> each.attribute("name") != null && each.attribute("value") != null)
                        .collect(Collectors.toMap(
                                each -> each.attribute("name"),
                                each -> each.attribute("value").trim(),
                                (first, second) -> second));
    }

    /** Text of {@code camunda:failedJobRetryTimeCycle}, if the step has one. */
    static Optional<String> retryCycle(Element step) {
        Element extensions = step.element("extensionElements");
        Element cycle = extensions == null ? null : extensions.elementNS(CAMUNDA, "failedJobRetryTimeCycle");
        return cycle == null ? Optional.empty() : Optional.of(cycle.getText().trim());
    }

    static boolean isFastnScript(Element scriptTask) {
        return FastnProcess.isOurs(scriptTask.attribute("scriptFormat"));
    }

    /** Whether a condition or timer element holds author code. */
    static boolean isFastnExpression(Element expression) {
        return FastnProcess.isOurs(expression.attribute("language"));
    }

    static Script step(Element scriptTask) {
        Element script = scriptTask.element("script");
        return script(scriptTask, script == null ? "" : script.getText(), Script.Form.STATEMENTS);
    }

    /** The author code of a receive task or call activity; empty when it is not one of ours. */
    static Optional<Script> extraScript(Element task) {
        Element extensions = task.element("extensionElements");
        Element script = extensions == null ? null : extensions.elementNS(FASTN, FastnBpmn.SCRIPT);
        return Optional.ofNullable(script).map(text -> script(task, text.getText(), Script.Form.STATEMENTS));
    }

    /** The author code of a condition, under the id of its sequence flow. */
    static Script expression(Element flow, Element expression) {
        return script(flow, expression.getText(), Script.Form.EXPRESSION);
    }

    /** The author code of a wait, under the id of its event. */
    static Script waitExpression(String eventId, Element expression) {
        return new Script(eventId, expression.getText(), 1, 1, Script.Form.EXPRESSION, false);
    }

    private static Script script(Element owner, String text, Script.Form form) {
        String source = attribute(owner, FastnBpmn.SOURCE);
        String[] start = source == null ? new String[] {"1", "1"} : source.split("-", 2)[0].split(":", 2);
        return new Script(
                owner.attribute("id"),
                text,
                number(start[0]),
                start.length > 1 ? number(start[1]) : 1,
                form,
                "true".equals(attribute(owner, FastnBpmn.RETURNS)));
    }

    /** Positions only serve stack traces, so an odd one is no reason to refuse a process. */
    private static int number(String digits) {
        return digits.matches("\\d{1,8}") ? Math.max(1, Integer.parseInt(digits)) : 1;
    }
}
