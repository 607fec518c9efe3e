package ai.fastn.camunda.compiler.bench;

import ai.fastn.camunda.bpmn.BpmnReader;
import ai.fastn.camunda.bpmn.FastnBpmn;
import java.util.Optional;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** Walks the nodes of a generated process and runs their code as the step runtime does. */
public final class ProcessRun {

    private static final int MOST_STEPS = 20_000;

    private final BpmnModelInstance model;
    private final Guest guest;
    private int steps;

    private ProcessRun(BpmnModelInstance model, Guest guest) {
        this.model = model;
        this.guest = guest;
    }

    /** What the process does. */
    public static Observed run(String bpmn, String inputJson, String repliesJson) {
        BpmnModelInstance model = BpmnReader.read(bpmn);
        try (Guest guest = new Guest(repliesJson)) {
            return new ProcessRun(model, guest).run(inputJson);
        }
    }

    private Observed run(String inputJson) {
        Process process = model.getModelElementsByType(Process.class).iterator().next();
        ModelElementInstance program =
                process.getExtensionElements().getUniqueChildElementByNameNs(FastnBpmn.NAMESPACE, FastnBpmn.PROGRAM);
        guest.eval("prelude.js", program.getRawTextContent());
        guest.world.invokeMember("start", inputJson);
        SubProcess body = model.getModelElementById(FastnBpmn.BODY);
        boolean ended = walk(body);
        String outcome = ended ? "done " + guest.text("result") : "thrown " + guest.text("shown");
        return new Observed(outcome, guest.text("trace"), guest.text("lines"));
    }

    /** Runs a sub-process; whether it came to an end without an error leaving it. */
    private boolean walk(SubProcess container) {
        FlowNode node = container.getFlowElements().stream()
                .filter(StartEvent.class::isInstance)
                .map(FlowNode.class::cast)
                .findFirst()
                .orElseThrow();
        while (!(node instanceof EndEvent)) {
            if (++steps > MOST_STEPS) {
                throw new IllegalStateException("the process does not come to an end");
            }
            Optional<FlowNode> next = next(node);
            if (next.isEmpty()) {
                return false;
            }
            node = next.get();
        }
        return true;
    }

    private Optional<FlowNode> next(FlowNode node) {
        if (node instanceof Activity task && !(node instanceof SubProcess)) {
            return runTask(task) ? Optional.of(only(node)) : Optional.empty();
        }
        if (node instanceof ExclusiveGateway gateway) {
            return decide(gateway);
        }
        if (node instanceof SubProcess inner) {
            return Optional.of(walk(inner) ? only(inner) : caught(inner))
                    .flatMap(found -> found == inner ? Optional.empty() : Optional.of(found));
        }
        if (node instanceof IntermediateCatchEvent event) {
            TimerEventDefinition timer = (TimerEventDefinition)
                    event.getEventDefinitions().iterator().next();
            if (!evaluate(timer.getTimeDuration().getRawTextContent())) {
                return Optional.empty();
            }
            guest.world.invokeMember("slept");
        }
        return Optional.of(only(node));
    }

    private boolean runTask(Activity task) {
        guest.world.invokeMember("watch", guest.eval(task.getId(), "(async function () {" + codeOf(task) + "\n})"));
        guest.settle();
        require(!guest.state().equals("pending"), task.getId() + " waits for a promise nobody settles");
        boolean done = guest.state().equals("done");
        if (done && "true".equals(task.getAttributeValueNs(FastnBpmn.NAMESPACE, FastnBpmn.RETURNS))) {
            guest.world.invokeMember("keepResult");
        }
        return done;
    }

    private static String codeOf(Activity task) {
        return task instanceof ScriptTask script
                ? script.getScript().getRawTextContent()
                : task.getExtensionElements()
                        .getUniqueChildElementByNameNs(FastnBpmn.NAMESPACE, FastnBpmn.SCRIPT)
                        .getRawTextContent();
    }

    private boolean evaluate(String expression) {
        guest.world.invokeMember(
                "watch", guest.eval("condition", "(async function () { return (" + expression + "\n) })"));
        guest.settle();
        return guest.state().equals("done");
    }

    private Optional<FlowNode> decide(ExclusiveGateway gateway) {
        SequenceFlow otherwise = gateway.getDefault();
        for (SequenceFlow flow : gateway.getOutgoing()) {
            if (flow != otherwise && flow.getConditionExpression() != null) {
                if (!evaluate(flow.getConditionExpression().getRawTextContent())) {
                    return Optional.empty();
                }
                if (guest.world.invokeMember("truthy").asBoolean()) {
                    return Optional.of(flow.getTarget());
                }
            }
        }
        return Optional.of(otherwise == null ? only(gateway) : otherwise.getTarget());
    }

    /** Where an error that leaves a sub-process goes on; the sub-process itself when nothing catches it. */
    private FlowNode caught(SubProcess inner) {
        for (BoundaryEvent boundary : model.getModelElementsByType(BoundaryEvent.class)) {
            if (boundary.getAttachedTo() == inner
                    || inner.getId().equals(boundary.getAttachedTo().getId())) {
                guest.world.invokeMember("keepThrown");
                return only(boundary);
            }
        }
        return inner;
    }

    private static FlowNode only(FlowNode node) {
        require(
                node.getOutgoing().size() == 1,
                node.getId() + " has " + node.getOutgoing().size() + " ways on");
        return node.getOutgoing().iterator().next().getTarget();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
