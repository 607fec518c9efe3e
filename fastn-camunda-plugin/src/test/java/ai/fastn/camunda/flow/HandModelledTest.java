package ai.fastn.camunda.flow;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.flow.FlowGraph.EdgeKind;
import ai.fastn.camunda.workflow.StepKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All views of processes that people have drawn: whatever BPMN has, nothing is refused and nothing is lost. */
class HandModelledTest {

    /** The engine's own test processes; the build lays the jar there. */
    private static final Path CORPUS = Path.of("target", "bpmn", "camunda-engine-tests.jar");

    /** All of them take a minute, and showed nothing that these do not. */
    private static final int STRIDE = 7;

    /** Written to be refused: no XML, a document type, an attack with a hundred thousand attributes. */
    private static final List<String> NO_BPMN =
            List.of("testXMLParsingErrors", "ParseProcessDefinitionFSP", "ParseProcessDefinitionXXE", "testXxeParsing");

    @Test
    void everySeventhTestProcessOfTheEngineHasAllViews() throws IOException {
        List<String> refused = new ArrayList<>();
        List<String> names;
        try (ZipFile jar = new ZipFile(CORPUS.toFile())) {
            names = Collections.list(jar.entries()).stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.matches(".*\\.bpmn(20\\.xml)?"))
                    .sorted()
                    .toList();
            for (int i = 0; i < names.size(); i += STRIDE) {
                byte[] bytes = jar.getInputStream(jar.getEntry(names.get(i))).readAllBytes();
                try {
                    AnyBpmn.check(names.get(i), new String(bytes, StandardCharsets.UTF_8));
                } catch (IllegalArgumentException e) {
                    refused.add(names.get(i));
                }
            }
        }
        assertThat(names).hasSizeGreaterThan(1900);
        assertThat(refused).allMatch(name -> NO_BPMN.stream().anyMatch(name::contains));
    }

    /** {@code -Dbpmn=<folder>} takes another one, such as a copy of the reference set of the BPMN MIWG. */
    @Test
    void everyFileOfAFolderHasAllViews() throws IOException {
        Path folder = Path.of(System.getProperty("bpmn", "../bpmn-templates/examples"));
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> file.toString().endsWith(".bpmn")).toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            AnyBpmn.check(file.toString(), Files.readString(file));
        }
    }

    @Test
    void anElementWithoutANameIsNotCalledByAnIdThatAToolHasMadeUp() {
        FlowGraph flow = FlowGraph.read(BpmnText.process(
                "<task id='approve'/><exclusiveGateway id='Gateway_0k2jf8s'/><userTask id='a'/><task id='b'/>"
                        + "<intermediateCatchEvent id='_7ab6dbdf-f55b-4be6-bb41-d99793135c1d'/>"
                        + BpmnText.flows("approve>Gateway_0k2jf8s Gateway_0k2jf8s>a Gateway_0k2jf8s>b")));

        assertThat(flow.nodes())
                .extracting(FlowGraph.Node::name)
                .containsExactly("approve", "Exclusive gateway", "a", "b", "Intermediate catch event");
    }

    /** Some tools write references with the prefix of their own namespace. */
    @Test
    void aReferenceMayHaveAPrefix() {
        FlowGraph flow = FlowGraph.read(BpmnText.process(
                "<task id='t' name='T'/><boundaryEvent id='b' attachedToRef='tool:t'><errorEventDefinition/></boundaryEvent>"
                        + "<boundaryEvent id='lost' attachedToRef='nobody'><errorEventDefinition/></boundaryEvent>"
                        + "<task id='c' name='C'/>" + BpmnText.flows("b>c lost>c")));

        assertThat(flow.edges()).extracting(FlowGraph.Edge::from).containsExactly("t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "task",
                "userTask",
                "serviceTask",
                "sendTask",
                "receiveTask",
                "manualTask",
                "businessRuleTask",
                "scriptTask",
                "callActivity",
                "subProcess",
                "transaction",
                "adHocSubProcess"
            })
    void everyActivityIsAStep(String type) {
        FlowGraph flow = check("<startEvent id='s'/><" + type + " id='a' name='Do it'/><endEvent id='e'/>", "s>a a>e");
        assertThat(flow.nodes().stream().map(FlowGraph.Node::id)).containsExactly("s", "a", "e");
        assertThat(flow.edges()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exclusive", "inclusive", "complex", "eventBased"})
    void aGatewayThatPartsWaysIsADecision(String type) {
        FlowGraph flow = check(
                "<startEvent id='s'/><" + type + "Gateway id='g' name='Which?'/><task id='a'/><task id='b'/>",
                "s>g g>a:one g>b:two");
        assertThat(flow.nodes().get(1).kind()).isEqualTo(StepKind.DECISION);
        assertThat(flow.edges().stream().map(FlowGraph.Edge::label)).containsExactly("", "one", "two");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "message",
                "timer",
                "signal",
                "conditional",
                "error",
                "escalation",
                "compensate",
                "cancel",
                "link"
            })
    void everyEventIsReadWhereverItStands(String kind) {
        String definition = "<" + kind + "EventDefinition id='%s'/>";
        FlowGraph flow = check(
                "<startEvent id='s'>" + definition.formatted("d1") + "</startEvent>"
                        + "<intermediateThrowEvent id='t'>" + definition.formatted("d2") + "</intermediateThrowEvent>"
                        + "<intermediateCatchEvent id='c'>" + definition.formatted("d3") + "</intermediateCatchEvent>"
                        + "<task id='a'/><boundaryEvent id='b' name='b' attachedToRef='a'>" + definition.formatted("d4")
                        + "</boundaryEvent><task id='h'/><endEvent id='e'>" + definition.formatted("d5") + "</endEvent>"
                        + "<subProcess id='p' triggeredByEvent='true'><startEvent id='ps'>" + definition.formatted("d6")
                        + "</startEvent><task id='pa'/>" + BpmnText.flows("ps>pa") + "</subProcess>",
                "s>t t>c c>a a>e b>h");
        assertThat(flow.nodes().stream().map(FlowGraph.Node::id))
                .containsExactly("s", "t", "c", "a", "h", "e", "ps", "pa");
        assertThat(flow.edges().stream()
                        .filter(edge -> edge.kind() != EdgeKind.NORMAL)
                        .map(FlowGraph.Edge::to))
                .containsExactly("h");
        assertThat(WorkflowDocs.read(
                                xml("<startEvent id='s'>" + definition.formatted("d") + "</startEvent>"), List.of())
                        .triggers()
                        .get(0)
                        .how())
                .isEqualTo(kind.toLowerCase(Locale.ROOT));
    }

    @Test
    void anEventSubProcessStandsBesideTheMainSteps() {
        FlowGraph flow = check("""
                <startEvent id='s'/><subProcess id='p' name='Cancelled?' triggeredByEvent='true'>
                <startEvent id='ps' name='Cancelled'><messageEventDefinition/></startEvent><task id='pa' name='Undo'/>
                <sequenceFlow id='f' sourceRef='ps' targetRef='pa'/></subProcess><task id='a'/>""", "s>a");
        assertThat(Sequence.of(flow).text()).isEqualTo("""
                1 TRIGGER s "s"
                2 PROCESS a "a" (end)
                3 REGION p "Cancelled?"
                  3.1 TRIGGER ps "Cancelled"
                  3.2 PROCESS pa "Undo" (end)
                """);
    }

    /** What the BPMN MIWG's models of series B and C hold: pools, lanes, data, notes, compensation, links, loops. */
    @Test
    void aCollaborationOfSeveralPoolsIsReadAsAWhole() {
        FlowGraph flow = AnyBpmn.check("collaboration", """
                <b:definitions xmlns:b='http://www.omg.org/spec/BPMN/20100524/MODEL'>
                <b:collaboration id='c'><b:participant id='p1' name='Buyer' processRef='buy'/>
                <b:participant id='p2' name='Seller' processRef='sell'/><b:participant id='p3' name='Carrier'/>
                <b:messageFlow id='m1' sourceRef='order' targetRef='ordered'/><b:group id='g' categoryValueRef='v'/></b:collaboration>
                <b:category id='cat'><b:categoryValue id='v' value='Urgent'/></b:category>
                <b:message id='msg' name='Order'/><b:error id='err' errorCode='E1'/><b:signal id='sig'/>
                <b:process id='buy' name='Buy' isExecutable='false'>
                <b:laneSet id='ls'><b:lane id='l1' name='Desk'><b:flowNodeRef>order</b:flowNodeRef></b:lane></b:laneSet>
                <b:dataObject id='do'/><b:dataObjectReference id='dor' dataObjectRef='do' name='List'/>
                <b:dataStoreReference id='dsr' name='Archive'/><b:textAnnotation id='ta'><b:text>Note</b:text></b:textAnnotation>
                <b:association id='as' sourceRef='order' targetRef='ta'/>
                <b:startEvent id='bs'/><b:sendTask id='order' name='Order'><b:multiInstanceLoopCharacteristics/>
                <b:dataInputAssociation id='dia'><b:sourceRef>dor</b:sourceRef><b:targetRef>x</b:targetRef></b:dataInputAssociation></b:sendTask>
                <b:eventBasedGateway id='eg' name='What comes?'/>
                <b:intermediateCatchEvent id='goods' name='Goods'><b:messageEventDefinition messageRef='msg'/></b:intermediateCatchEvent>
                <b:intermediateCatchEvent id='late' name='A week'><b:timerEventDefinition/></b:intermediateCatchEvent>
                <b:endEvent id='be'><b:terminateEventDefinition/></b:endEvent>
                <b:intermediateThrowEvent id='lt' name='L'><b:linkEventDefinition name='L'/></b:intermediateThrowEvent>
                <b:intermediateCatchEvent id='lc' name='L'><b:linkEventDefinition name='L'/></b:intermediateCatchEvent><b:task id='after'/>
                <b:sequenceFlow id='1' sourceRef='bs' targetRef='order'/><b:sequenceFlow id='2' sourceRef='order' targetRef='eg'/>
                <b:sequenceFlow id='3' sourceRef='eg' targetRef='goods'/><b:sequenceFlow id='4' sourceRef='eg' targetRef='late'/>
                <b:sequenceFlow id='5' sourceRef='goods' targetRef='be'/><b:sequenceFlow id='6' sourceRef='late' targetRef='lt'/>
                <b:sequenceFlow id='7' sourceRef='lc' targetRef='after'/></b:process>
                <b:process id='sell' name='Sell' isExecutable='true'>
                <b:startEvent id='ordered' name='Ordered'><b:messageEventDefinition messageRef='msg'/></b:startEvent>
                <b:transaction id='tx' name='Book'><b:startEvent id='ts'/><b:serviceTask id='book' name='Book goods'/>
                <b:boundaryEvent id='cb' attachedToRef='book'><b:compensateEventDefinition/></b:boundaryEvent>
                <b:serviceTask id='unbook' name='Unbook' isForCompensation='true'/>
                <b:association id='a2' sourceRef='cb' targetRef='unbook'/><b:endEvent id='tc' name='Give up'><b:cancelEventDefinition/></b:endEvent>
                <b:endEvent id='te'/><b:exclusiveGateway id='ok' name='All there?'/>
                <b:sequenceFlow id='8' sourceRef='ts' targetRef='book'/><b:sequenceFlow id='9' sourceRef='book' targetRef='ok'/>
                <b:sequenceFlow id='18' sourceRef='ok' targetRef='te' name='yes'/><b:sequenceFlow id='19' sourceRef='ok' targetRef='tc' name='no'/></b:transaction>
                <b:boundaryEvent id='cancelled' name='Cancelled' attachedToRef='tx'><b:cancelEventDefinition/></b:boundaryEvent>
                <b:inclusiveGateway id='ig'/><b:businessRuleTask id='r' name='Rate'/><b:manualTask id='m' name='Pack'/>
                <b:inclusiveGateway id='ij'/><b:endEvent id='se'/><b:endEvent id='ce'><b:errorEventDefinition errorRef='err'/></b:endEvent>
                <b:sequenceFlow id='10' sourceRef='ordered' targetRef='tx'/><b:sequenceFlow id='11' sourceRef='tx' targetRef='ig'/>
                <b:sequenceFlow id='12' sourceRef='ig' targetRef='r' name='new'/><b:sequenceFlow id='13' sourceRef='ig' targetRef='m' name='any'/>
                <b:sequenceFlow id='14' sourceRef='r' targetRef='ij'/><b:sequenceFlow id='15' sourceRef='m' targetRef='ij'/>
                <b:sequenceFlow id='16' sourceRef='ij' targetRef='se'/><b:sequenceFlow id='17' sourceRef='cancelled' targetRef='ce'/></b:process>
                </b:definitions>""");
        assertThat(Sequence.of(flow).text()).isEqualTo("""
                1 TRIGGER bs "bs"
                2 WRITE order "Order"
                3 DECISION eg "What comes?"
                  3.1 ""
                    3.1.1 READ goods "Goods"
                    3.1.2 DONE be "be" (end)
                  3.2 ""
                4 PROCESS late "A week"
                5 PROCESS lt "L" (end)
                6 PROCESS lc "L"
                7 PROCESS after "after" (end)
                8 TRIGGER ordered "Ordered"
                9 REGION tx "Book"
                  9.1 WRITE book "Book goods"
                  9.2 DECISION ok "All there?"
                    9.2.1 "yes" go on with 10
                    9.2.2 "no"
                      9.2.2.1 DONE tc "Give up" (end)
                  9.3 WRITE unbook "Unbook" (end)
                  9.4 "Cancelled" (error)
                    9.4.1 DONE ce "ce" (end)
                10 DECISION ig "ig"
                  10.1 "new"
                    10.1.1 PROCESS r "Rate"
                  10.2 "any"
                    10.2.1 PROCESS m "Pack"
                11 DONE se "se" (end)
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'/>",
                "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'><process id='p'/></definitions>",
                "<a/>",
            })
    void aFileWithoutStepsHasEmptyViews(String bpmn) {
        assertThat(AnyBpmn.check("empty", bpmn).nodes()).isEmpty();
        assertThat(Diagram.read(bpmn).png()).isNotEmpty();
    }

    private static FlowGraph check(String nodes, String flows) {
        return AnyBpmn.check(nodes, xml(nodes + BpmnText.flows(flows)));
    }

    private static String xml(String content) {
        return BpmnText.process(content);
    }
}
