package ai.fastn.camunda.flow;

import ai.fastn.camunda.flow.WorkflowDocs.Pin;
import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.bpmn.ProcessHash;
import ai.fastn.camunda.flow.WorkflowDocs.Change;
import ai.fastn.camunda.flow.WorkflowDocs.ErrorPath;
import ai.fastn.camunda.flow.WorkflowDocs.Limits;
import ai.fastn.camunda.flow.WorkflowDocs.Origin;
import ai.fastn.camunda.flow.WorkflowDocs.Result;
import ai.fastn.camunda.flow.WorkflowDocs.Retry;
import ai.fastn.camunda.flow.WorkflowDocs.Thrown;
import ai.fastn.camunda.flow.WorkflowDocs.Trigger;
import ai.fastn.camunda.flow.WorkflowDocs.Use;
import ai.fastn.camunda.flow.WorkflowDocs.Work;
import ai.fastn.camunda.workflow.StepKind;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Gathers the {@link WorkflowDocs} from the elements of a file. */
final class DocsReader {

    private static final Pattern THROW = Pattern.compile("(?m)^\\s*throw\\b");
    private static final Pattern REPEAT = Pattern.compile("R(\\d{1,4})/(.+)");

    private final BpmnFile file;
    private final FlowGraph flow;
    private final List<Element> elements;
    private final Optional<Element> process;
    private final Map<String, String> names = new HashMap<>();

    DocsReader(BpmnFile file) {
        this.file = file;
        this.flow = new FlowReader(file).read();
        this.elements = file.processes().stream()
                .flatMap(each -> BpmnFile.descendants(each).stream())
                .toList();
        this.process = file.processes().stream()
                .filter(each -> each.getAttribute("isExecutable").equals("true"))
                .findFirst()
                .or(() -> file.processes().stream().findFirst());
        flow.regions().forEach(region -> names.put(region.id(), region.name()));
        flow.nodes().forEach(node -> names.put(node.id(), node.name()));
    }

    WorkflowDocs read(List<Change> changes) {
        EffectList effects = new EffectList(file);
        String tier = of(each -> each.getAttributeNS(FastnBpmn.NAMESPACE, FastnBpmn.TIER));
        return new WorkflowDocs(
                of(BpmnFile::id),
                of(each -> BpmnFile.name(each).isEmpty() ? BpmnFile.id(each) : BpmnFile.name(each)),
                of(BpmnFile::documentation),
                of(each -> BpmnFile.camunda(each, "versionTag")).replaceFirst("^v(?=\\d+$)", ""),
                origin(),
                tier.isEmpty() ? null : tier,
                timeout(),
                retry(),
                new Limits(
                        limit(FastnBpmn.CONCURRENCY_RUNS),
                        limit(FastnBpmn.CONCURRENCY_KEY),
                        limit(FastnBpmn.CONCURRENCY_RUNS_PER_KEY)),
                triggers(),
                InputMembers.of(code()),
                results(),
                effects.connectors(),
                pins(),
                effects.targets("db"),
                effects.targets("state"),
                effects.targets("secrets").stream().map(Use::name).toList(),
                effects.targets("envConfig"),
                effects.targets("fetch"),
                effects.targets("flow"),
                effects.targets("waitFor"),
                errors(),
                errorPaths(),
                work(),
                changes);
    }

    private String of(Function<Element, String> word) {
        return process.map(word).orElse("");
    }

    private Origin origin() {
        Optional<String> written = ProcessHash.written(file.document());
        if (written.isEmpty()) {
            return Origin.MODELLED;
        }
        return written.get().equals(ProcessHash.of(file.document())) ? Origin.COMPILED : Origin.DETACHED;
    }

    private List<Pin> pins() {
        return process
                .map(each -> BpmnFile.properties(each, FastnBpmn.CONNECTOR))
                .orElse(Map.of())
                .entrySet()
                .stream()
                .map(pin -> new Pin(pin.getKey(), pin.getValue()))
                .toList();
    }

    private @Nullable String limit(String property) {
        String value = of(each -> BpmnFile.property(each, property));
        return value.isEmpty() ? null : value;
    }

    private @Nullable Long timeout() {
        return elements.stream()
                .filter(element -> BpmnFile.id(element).equals(FastnBpmn.TIMEOUT))
                .flatMap(event -> BpmnFile.descendants(event).stream())
                .filter(element -> element.getLocalName().equals("timeDuration"))
                .map(duration -> millis(duration.getTextContent()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private Retry retry() {
        List<String> cycles = elements.stream()
                .flatMap(element -> BpmnFile.extensions(element, BpmnFile.CAMUNDA, "failedJobRetryTimeCycle").stream())
                .map(cycle -> cycle.getTextContent().strip())
                .toList();
        return cycles.isEmpty() ? new Retry(1, List.of()) : retry(cycles.get(0));
    }

    private static Retry retry(String cycle) {
        var repeat = REPEAT.matcher(cycle);
        if (repeat.matches()) {
            int attempts = Math.max(1, Integer.parseInt(repeat.group(1)));
            Long wait = millis(repeat.group(2));
            return new Retry(
                    attempts,
                    wait == null
                            ? List.of()
                            : Stream.generate(() -> wait).limit(attempts - 1L).toList());
        }
        List<Long> waits = Arrays.stream(cycle.split(",", -1))
                .map(DocsReader::millis)
                .filter(Objects::nonNull)
                .toList();
        return new Retry(waits.size() + 1, waits);
    }

    /** Null for an expression or a period of days and months. */
    private static @Nullable Long millis(String isoDuration) {
        try {
            return Duration.parse(isoDuration.strip()).toMillis();
        } catch (DateTimeParseException | ArithmeticException e) {
            return null;
        }
    }

    private List<Trigger> triggers() {
        return flow.nodes().stream()
                .filter(node -> node.kind() == StepKind.TRIGGER)
                .map(node -> trigger(node, element(node.id())))
                .toList();
    }

    private static Trigger trigger(FlowGraph.Node node, Optional<Element> element) {
        Optional<Element> definition = element.flatMap(event -> BpmnFile.children(event).stream()
                .filter(child -> child.getLocalName().endsWith("EventDefinition"))
                .findFirst());
        String how = definition
                .map(found -> found.getLocalName().replace("EventDefinition", ""))
                .orElse("none");
        String detail = definition
                .filter(found -> how.equals("timer") || how.equals("conditional"))
                .map(found -> found.getTextContent().strip())
                .orElse("");
        return new Trigger(node.id(), node.name(), how, detail);
    }

    private Optional<Element> element(String id) {
        return elements.stream().filter(each -> BpmnFile.id(each).equals(id)).findFirst();
    }

    /** The author's code, as far as it stands in steps and conditions, and the functions beside them. */
    private String code() {
        Stream<String> preludes = process.stream()
                .flatMap(each -> BpmnFile.extensions(each, FastnBpmn.NAMESPACE, FastnBpmn.PROGRAM).stream())
                .map(Element::getTextContent);
        Stream<String> steps = elements.stream().filter(DocsReader::isCode).map(BpmnFile::documentation);
        Stream<String> expressions = elements.stream()
                .filter(element -> element.getAttribute("language").equals(FastnBpmn.SCRIPT_FORMAT))
                .map(Element::getTextContent);
        return Stream.of(steps, expressions, preludes).flatMap(texts -> texts).collect(Collectors.joining("\n"));
    }

    private static boolean isCode(Element element) {
        return element.hasAttributeNS(FastnBpmn.NAMESPACE, FastnBpmn.SOURCE);
    }

    private List<Result> results() {
        return elements.stream()
                .filter(element -> element.getAttributeNS(FastnBpmn.NAMESPACE, FastnBpmn.RETURNS)
                        .equals("true"))
                .map(this::result)
                .toList();
    }

    private Result result(Element step) {
        String code = BpmnFile.documentation(step);
        String end = flow.edges().stream()
                .filter(edge -> edge.from().equals(BpmnFile.id(step)))
                .map(edge -> names.getOrDefault(edge.to(), ""))
                .findFirst()
                .orElse("");
        return new Result(BpmnFile.id(step), end, ResultMembers.of(code), code);
    }

    private List<Thrown> errors() {
        return elements.stream().flatMap(element -> thrown(element).stream()).toList();
    }

    private Optional<Thrown> thrown(Element element) {
        boolean modelled = element.getLocalName().equals("endEvent") && BpmnFile.isDefinedBy(element, "error");
        String code = modelled ? errorCode(element) : "";
        boolean thrown = isCode(element)
                && THROW.matcher(BpmnFile.documentation(element)).find();
        return thrown || modelled && !code.equals(FastnBpmn.THROWN)
                ? Optional.of(new Thrown(BpmnFile.id(element), BpmnFile.name(element), code))
                : Optional.empty();
    }

    private String errorCode(Element event) {
        String reference = BpmnFile.child(event, "errorEventDefinition")
                .map(definition -> BpmnFile.reference(definition, "errorRef"))
                .orElse("");
        return file.roots("error").stream()
                .filter(error -> BpmnFile.id(error).equals(reference))
                .map(error -> error.getAttribute("errorCode"))
                .findFirst()
                .orElse("");
    }

    private List<ErrorPath> errorPaths() {
        return flow.edges().stream()
                .filter(edge -> edge.kind() != FlowGraph.EdgeKind.NORMAL)
                .map(edge -> new ErrorPath(
                        edge.from(),
                        names.getOrDefault(edge.from(), edge.from()),
                        edge.label(),
                        edge.kind().word(),
                        edge.to(),
                        names.getOrDefault(edge.to(), edge.to())))
                .toList();
    }

    private List<Work> work() {
        return elements.stream()
                .filter(element -> element.getLocalName().endsWith("Task") && !isCode(element))
                .map(element -> new Work(
                        BpmnFile.id(element), BpmnFile.name(element), element.getLocalName(), performer(element)))
                .toList();
    }

    private static String performer(Element task) {
        return Stream.of(
                        "topic",
                        "class",
                        "delegateExpression",
                        "expression",
                        "decisionRef",
                        "assignee",
                        "candidateGroups",
                        "formKey")
                .filter(word -> !BpmnFile.camunda(task, word).isEmpty())
                .map(word -> word + " " + BpmnFile.camunda(task, word))
                .findFirst()
                .orElse("");
    }
}
