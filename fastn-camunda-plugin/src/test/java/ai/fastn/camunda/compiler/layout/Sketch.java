package ai.fastn.camunda.compiler.layout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.ConditionExpression;
import org.camunda.bpm.model.bpmn.instance.Definitions;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/**
 * A process for tests, written as lines: {@code start > a > q_seen [yes] > done_skip}. The id says the type:
 * {@code start…}, {@code done…}, {@code q_…} (fork), {@code m_…} (merge), {@code try_…} (sub-process); anything else is
 * a step. The flow of a fork labelled "no" is its default.
 */
final class Sketch {

    private final BpmnModelInstance model = Bpmn.createEmptyModel();
    private final Map<String, FlowNode> nodes = new LinkedHashMap<>();
    private final Process process;
    private ModelElementInstance scope;
    private int flows;

    Sketch() {
        Definitions definitions = model.newInstance(Definitions.class, "definitions");
        definitions.setTargetNamespace("https://fastn.ai/workflows");
        model.setDefinitions(definitions);
        process = model.newInstance(Process.class, "workflow");
        process.setExecutable(true);
        process.setCamundaHistoryTimeToLiveString("P30D");
        definitions.addChildElement(process);
        scope = process;
    }

    static BpmnModelInstance of(String... lines) {
        Sketch sketch = new Sketch();
        for (String line : lines) {
            sketch.line(line);
        }
        return sketch.model();
    }

    BpmnModelInstance model() {
        return model;
    }

    /** {@code in try_x}, {@code out}, {@code err_x on try_x}, or a chain of flows. */
    void line(String line) {
        String[] words = line.strip().split("\\s+", -1);
        if (words[0].equals("in")) {
            scope = node(words[1]);
        } else if (words[0].equals("out")) {
            scope = scope.getParentElement();
        } else if (words.length == 3 && words[1].equals("on")) {
            border(words[0], words[2]);
        } else {
            chain(line);
        }
    }

    private void chain(String line) {
        String previous = null;
        String label = null;
        for (String part : line.split(">", -1)) {
            int bracket = part.indexOf('[');
            String id = (bracket < 0 ? part : part.substring(0, bracket)).strip();
            node(id);
            if (previous != null) {
                flow(previous, id, label);
            }
            label = bracket < 0 ? null : part.substring(bracket + 1, part.indexOf(']'));
            previous = id;
        }
    }

    private FlowNode node(String id) {
        return nodes.computeIfAbsent(id, missing -> {
            FlowNode node = model.newInstance(type(missing), missing);
            if (!missing.startsWith("m_")) {
                node.setName(name(missing));
            }
            scope.addChildElement(node);
            if (node instanceof ScriptTask task) {
                task.setScriptFormat("fastn-js");
            }
            return node;
        });
    }

    private static String name(String id) {
        String words = id.replaceFirst("^(q|try|err)_", "").replace('_', ' ');
        String capital = words.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + words.substring(1);
        return id.startsWith("q_") ? capital + "?" : capital;
    }

    private static Class<? extends FlowNode> type(String id) {
        if (id.startsWith("start")) {
            return StartEvent.class;
        }
        if (id.startsWith("done")) {
            return EndEvent.class;
        }
        if (id.startsWith("q_") || id.startsWith("m_")) {
            return ExclusiveGateway.class;
        }
        return id.startsWith("try_") ? SubProcess.class : ScriptTask.class;
    }

    private void border(String id, String host) {
        BoundaryEvent event = model.newInstance(BoundaryEvent.class, id);
        event.setName(name(id));
        scope.addChildElement(event);
        event.setAttachedTo((org.camunda.bpm.model.bpmn.instance.Activity) node(host));
        ErrorEventDefinition definition = model.newInstance(ErrorEventDefinition.class, id + "_definition");
        event.addChildElement(definition);
        nodes.put(id, event);
    }

    private void flow(String from, String to, @org.jspecify.annotations.Nullable String label) {
        FlowNode source = Objects.requireNonNull(nodes.get(from));
        FlowNode target = Objects.requireNonNull(nodes.get(to));
        SequenceFlow flow = model.newInstance(SequenceFlow.class, "flow_" + ++flows);
        if (label != null) {
            flow.setName(label);
        }
        source.getParentElement().addChildElement(flow);
        flow.setSource(source);
        flow.setTarget(target);
        source.getOutgoing().add(flow);
        target.getIncoming().add(flow);
        if (source instanceof ExclusiveGateway gateway && from.startsWith("q_")) {
            if ("no".equals(label)) {
                gateway.setDefault(flow);
            } else {
                ConditionExpression condition =
                        model.newInstance(ConditionExpression.class, flow.getId() + "_condition");
                condition.setTextContent("true");
                flow.setConditionExpression(condition);
            }
        }
    }

    /** Ids of everything drawn so far, in order. */
    List<String> ids() {
        return new ArrayList<>(nodes.keySet());
    }
}
