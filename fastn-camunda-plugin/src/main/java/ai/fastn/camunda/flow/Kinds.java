package ai.fastn.camunda.flow;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.workflow.StepKind;
import java.util.Arrays;
import java.util.Optional;
import org.w3c.dom.Element;

/** Which kind of step a BPMN element is: what it says itself, else what its type suggests. */
final class Kinds {

    private Kinds() {}

    static StepKind of(Element element) {
        return declared(element).orElseGet(() -> suggested(element));
    }

    /** The kind written by the compiler, or by an element template as a property. */
    static Optional<StepKind> declared(Element element) {
        String word = BpmnFile.said(element, FastnBpmn.KIND);
        return Arrays.stream(StepKind.values())
                .filter(kind -> kind.name().equals(word))
                .findFirst();
    }

    private static StepKind suggested(Element element) {
        return switch (element.getLocalName()) {
            case "startEvent" -> StepKind.TRIGGER;
            case "endEvent" -> StepKind.DONE;
            case "serviceTask", "sendTask", "callActivity" -> StepKind.WRITE;
            case "receiveTask" -> StepKind.READ;
            case "intermediateCatchEvent" ->
                BpmnFile.isDefinedBy(element, "message") ? StepKind.READ : StepKind.PROCESS;
            case "intermediateThrowEvent" ->
                BpmnFile.isDefinedBy(element, "message") ? StepKind.WRITE : StepKind.PROCESS;
            case "exclusiveGateway", "inclusiveGateway", "complexGateway", "eventBasedGateway" -> StepKind.DECISION;
            default -> StepKind.PROCESS;
        };
    }
}
