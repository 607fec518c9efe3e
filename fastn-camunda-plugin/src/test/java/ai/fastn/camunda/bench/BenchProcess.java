package ai.fastn.camunda.bench;

import ai.fastn.camunda.bpmn.BpmnReader;
import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.runtime.Program;
import ai.fastn.camunda.runtime.Script;
import ai.fastn.camunda.runtime.Script.Form;
import ai.fastn.camunda.workflow.ConnectorVersions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaFailedJobRetryTimeCycle;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/**
 * A generated process as the engine's parse listener sees it: the program, and the nodes that a token passes, with
 * sub-processes flattened.
 *
 * @param first where a token starts
 * @param nodes by element id
 */
record BenchProcess(Program program, String first, Map<String, Node> nodes) {

    /** Added to the program: gives the result or the thrown value as text with types and identity. */
    static final String SHOW_RESULT = "bench_result";

    static final String SHOW_THROWN = "bench_thrown";

    /** Where a token is at the end of the process. */
    static final String END = "";

    BenchProcess {
        nodes = Map.copyOf(nodes);
    }

    /** What an element is for a token. */
    enum Kind {
        STEP,
        DECISION,
        WAIT,
        PASS
    }

    /** A way out of a decision that is taken when its condition, named by the flow's id, holds. */
    record Way(String flowId, String target) {}

    /**
     * A place of a token.
     *
     * @param next where it goes on, {@link #END} at the end
     * @param ways that are tried before {@code next}
     * @param checkpointable whether the process says {@code asyncBefore}
     * @param attempts how many tries its retry cycle gives
     * @param handler where an error goes, absent when nothing catches it
     */
    record Node(
            Kind kind,
            String id,
            String next,
            List<Way> ways,
            boolean checkpointable,
            int attempts,
            Optional<String> handler) {}

    static BenchProcess read(String bpmn) {
        BpmnModelInstance model = BpmnReader.read(bpmn);
        return new Reader(model).read();
    }

    Node node(String id) {
        return Optional.ofNullable(nodes.get(id)).orElseThrow(() -> new IllegalStateException("no node " + id));
    }

    private static final class Reader {
        private final BpmnModelInstance model;
        private final Collection<SequenceFlow> flows;
        private final Map<String, Node> nodes = new HashMap<>();
        private final Map<String, Script> scripts = new HashMap<>();

        Reader(BpmnModelInstance model) {
            this.model = model;
            this.flows = model.getModelElementsByType(SequenceFlow.class);
        }

        BenchProcess read() {
            Process process =
                    model.getModelElementsByType(Process.class).iterator().next();
            String prelude = process.getExtensionElements()
                    .getUniqueChildElementByNameNs(FastnBpmn.NAMESPACE, FastnBpmn.PROGRAM)
                    .getRawTextContent();
            SubProcess body = model.getModelElementById(FastnBpmn.BODY);
            model.getModelElementsByType(FlowNode.class).stream()
                    .filter(node -> isInside(node, body))
                    .forEach(this::add);
            String show = PlainFunction.SHOW;
            script(new Script(SHOW_RESULT, "return (" + show + ")($ret)", 1, 1, Form.STATEMENTS, true));
            script(new Script(SHOW_THROWN, "return (" + show + ")($thrown)", 1, 1, Form.STATEMENTS, true));
            return new BenchProcess(
                    new Program(process.getId() + ".js", prelude, scripts, ConnectorVersions.NONE),
                    startOf(body).getId(),
                    nodes);
        }

        private static boolean isInside(ModelElementInstance node, SubProcess body) {
            for (ModelElementInstance at = node.getParentElement(); at != null; at = at.getParentElement()) {
                if (at.equals(body)) {
                    return true;
                }
            }
            return false;
        }

        private void script(Script script) {
            scripts.put(script.elementId(), script);
        }

        private void add(FlowNode node) {
            List<Way> ways = new ArrayList<>();
            String next = END;
            for (SequenceFlow flow : flows) {
                if (flow.getSource().equals(node)) {
                    if (flow.getConditionExpression() == null) {
                        next = flow.getTarget().getId();
                    } else {
                        ways.add(new Way(flow.getId(), flow.getTarget().getId()));
                        script(script(flow, flow.getConditionExpression().getRawTextContent(), Form.EXPRESSION));
                    }
                }
            }
            if (node instanceof EndEvent) {
                next = afterEnd(node);
            } else if (node instanceof SubProcess inner) {
                next = startOf(inner).getId();
            }
            nodes.put(
                    node.getId(),
                    new Node(
                            kindOf(node, ways),
                            node.getId(),
                            next,
                            ways,
                            node.isCamundaAsyncBefore(),
                            attempts(node),
                            handlerOf(node)));
        }

        private Kind kindOf(FlowNode node, List<Way> ways) {
            if (node instanceof ScriptTask task) {
                script(script(task, task.getScript().getRawTextContent(), Form.STATEMENTS));
                return Kind.STEP;
            }
            if (node instanceof CallActivity call) {
                String text = call.getExtensionElements()
                        .getUniqueChildElementByNameNs(FastnBpmn.NAMESPACE, FastnBpmn.SCRIPT)
                        .getRawTextContent();
                script(script(call, text, Form.STATEMENTS));
                return Kind.STEP;
            }
            if (node instanceof IntermediateCatchEvent event) {
                TimerEventDefinition timer = (TimerEventDefinition)
                        event.getEventDefinitions().iterator().next();
                script(new Script(
                        node.getId(), timer.getTimeDuration().getRawTextContent(), 1, 1, Form.EXPRESSION, false));
                return Kind.WAIT;
            }
            return ways.isEmpty() ? Kind.PASS : Kind.DECISION;
        }

        private static Script script(ModelElementInstance owner, String text, Form form) {
            String source = owner.getAttributeValueNs(FastnBpmn.NAMESPACE, FastnBpmn.SOURCE);
            String[] start = source == null ? new String[] {"1", "1"} : source.split("-", 2)[0].split(":", 2);
            return new Script(
                    owner.getAttributeValue("id"),
                    text,
                    Integer.parseInt(start[0]),
                    Integer.parseInt(start[1]),
                    form,
                    "true".equals(owner.getAttributeValueNs(FastnBpmn.NAMESPACE, FastnBpmn.RETURNS)));
        }

        private static FlowNode startOf(SubProcess container) {
            return container.getFlowElements().stream()
                    .filter(StartEvent.class::isInstance)
                    .map(FlowNode.class::cast)
                    .findFirst()
                    .orElseThrow();
        }

        private String afterEnd(FlowNode end) {
            if (!(end.getParentElement() instanceof SubProcess inner)
                    || inner.getId().equals(FastnBpmn.BODY)) {
                return END;
            }
            return inner.getOutgoing().iterator().next().getTarget().getId();
        }

        private static int attempts(FlowNode node) {
            if (node.getExtensionElements() == null) {
                return 1;
            }
            return node
                    .getExtensionElements()
                    .getElementsQuery()
                    .filterByType(CamundaFailedJobRetryTimeCycle.class)
                    .list()
                    .stream()
                    .findFirst()
                    .map(cycle -> cycle.getTextContent().split(",", -1).length + 1)
                    .orElse(1);
        }

        private Optional<String> handlerOf(FlowNode node) {
            for (ModelElementInstance at = node.getParentElement(); at != null; at = at.getParentElement()) {
                for (BoundaryEvent boundary : model.getModelElementsByType(BoundaryEvent.class)) {
                    if (boundary.getAttachedTo().equals(at)
                            && boundary.getEventDefinitions().stream().anyMatch(Reader::catchesThrown)) {
                        return Optional.of(boundary.getId());
                    }
                }
            }
            return Optional.empty();
        }

        private static boolean catchesThrown(ModelElementInstance definition) {
            return definition instanceof ErrorEventDefinition error
                    && error.getError() != null
                    && FastnBpmn.THROWN.equals(error.getError().getErrorCode());
        }
    }
}
