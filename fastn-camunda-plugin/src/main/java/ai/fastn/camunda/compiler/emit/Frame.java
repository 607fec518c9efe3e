package ai.fastn.camunda.compiler.emit;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.bpmn.ProcessHash;
import ai.fastn.camunda.compiler.analyze.EffectUse;
import ai.fastn.camunda.workflow.Concurrency;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.time.Duration;
import java.util.List;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.Documentation;
import org.camunda.bpm.model.bpmn.instance.ExtensionElements;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TimeDuration;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;

/** The process a tier puts around a workflow: start, body with its time limit, ends. */
final class Frame {

    private static final String TIMER = "timeout_timer";

    final BpmnModelInstance model;
    final Process process;
    final SubProcess body;

    private Frame(BpmnModelInstance model, Process process, SubProcess body) {
        this.model = model;
        this.process = process;
        this.body = body;
    }

    /** The empty frame of a workflow. */
    static Frame of(WorkflowSlug slug, int version, WorkflowConfiguration configuration) {
        BpmnModelInstance model = TierFrames.of(configuration.tier());
        Process process = model.getModelElementsByType(Process.class).iterator().next();
        process.setId(slug.value());
        process.setName(configuration.name());
        describe(model, process, configuration.description());
        if (version > 0) {
            process.setCamundaVersionTag(tag(version));
        }
        SubProcess body = element(model, FastnBpmn.BODY, SubProcess.class);
        Duration limit = configuration.timeout().duration();
        TimerEventDefinition timer = element(model, TIMER, TimerEventDefinition.class);
        TimeDuration duration = timer.getTimeDuration();
        duration.setTextContent(limit.toString());
        element(model, FastnBpmn.TIMEOUT, BoundaryEvent.class)
                .setName(configuration.tier().title() + ": " + spoken(limit));
        return new Frame(model, process, body);
    }

    private static void describe(BpmnModelInstance model, Process process, String description) {
        if (!description.isBlank()) {
            Documentation documentation = model.newInstance(Documentation.class, "process_documentation");
            documentation.setTextContent(description);
            process.getDocumentations().add(documentation);
        }
    }

    /** The text of a process as that of another version: nothing else in it depends on the number. */
    static String withVersion(String bpmn, int from, int to) {
        int found = bpmn.indexOf("versionTag=\"" + tag(from) + "\"");
        if (found < 0) {
            throw new IllegalStateException("bug: a process of version " + from + " does not say so");
        }
        int start = bpmn.indexOf('"', found) + 1;
        return bpmn.substring(0, start)
                + tag(to)
                + bpmn.substring(start + tag(from).length());
    }

    private static String tag(int version) {
        return "v" + version;
    }

    void program(String prelude, String sourceSha256) {
        ModelElementInstance program = extensions().addExtensionElement(FastnBpmn.NAMESPACE, FastnBpmn.PROGRAM);
        program.setAttributeValue(FastnBpmn.FORMAT, "1");
        program.setAttributeValue(FastnBpmn.SOURCE_SHA256, sourceSha256);
        program.setTextContent(prelude);
    }

    /** Effects of no step of their own. */
    void handles(List<EffectUse> handles) {
        if (!handles.isEmpty()) {
            NodeWriter.effects(extensions(), handles);
        }
    }

    /** Nothing that counts is written to the process after this. */
    void seal() {
        if (model.getDocument().getDomSource().getNode() instanceof Document document) {
            ModelElementInstance program =
                    extensions().getUniqueChildElementByNameNs(FastnBpmn.NAMESPACE, FastnBpmn.PROGRAM);
            program.setAttributeValue(FastnBpmn.PROCESS_SHA256, ProcessHash.of(document));
        }
    }

    /** As properties, which every modeler shows and can change. */
    void properties(Concurrency concurrency, ConnectorVersions connectors) {
        if (concurrency.isLimited() || !connectors.isEmpty()) {
            CamundaProperties properties = extensions().addExtensionElement(CamundaProperties.class);
            property(properties, FastnBpmn.CONCURRENCY_RUNS, concurrency.runs());
            property(properties, FastnBpmn.CONCURRENCY_KEY, concurrency.key());
            property(properties, FastnBpmn.CONCURRENCY_RUNS_PER_KEY, concurrency.runsPerKey());
            connectors
                    .bySlug()
                    .forEach((slug, version) -> property(properties, FastnBpmn.CONNECTOR + slug, versionText(version)));
        }
    }

    private static String versionText(int version) {
        return version == ConnectorVersions.MANAGED ? FastnBpmn.CONNECTOR_MANAGED : Integer.toString(version);
    }

    private void property(CamundaProperties properties, String name, @Nullable Object value) {
        if (value != null) {
            CamundaProperty property = model.newInstance(CamundaProperty.class);
            property.setCamundaName(name);
            property.setCamundaValue(value.toString());
            properties.getCamundaProperties().add(property);
        }
    }

    private ExtensionElements extensions() {
        ExtensionElements extensions = process.getExtensionElements();
        if (extensions == null) {
            extensions = model.newInstance(ExtensionElements.class);
            process.setExtensionElements(extensions);
        }
        return extensions;
    }

    static <T extends ModelElementInstance> T element(BpmnModelInstance model, String id, Class<T> type) {
        return type.cast(model.<T>getModelElementById(id));
    }

    private static String spoken(Duration limit) {
        long seconds = limit.toSeconds();
        if (limit.toMillis() % 1000 != 0) {
            return limit.toMillis() + " ms";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + " h";
        }
        return seconds % 60 == 0 && seconds > 60 ? seconds / 60 + " min" : seconds + " s";
    }
}
