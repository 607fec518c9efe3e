package ai.fastn.camunda.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The picture of a process as SVG and PNG. */
class DiagramTest {

    static List<Path> fixtures() {
        return BpmnText.fixtures();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void everyStepAndFlowOfAFixtureIsDrawn(Path directory) throws Exception {
        String bpmn = BpmnText.read(directory.resolve("workflow.bpmn"));
        String svg = Diagram.read(bpmn).svg();
        List<Element> drawn = elements(svg).stream()
                .filter(element -> element.hasAttribute("data-id"))
                .toList();
        Set<String> ids =
                drawn.stream().map(element -> element.getAttribute("data-id")).collect(Collectors.toSet());
        FlowGraph flow = FlowGraph.read(bpmn);
        assertThat(ids)
                .containsAll(flow.nodes().stream().map(FlowGraph.Node::id).toList());
        assertThat(ids)
                .containsAll(flow.regions().stream().map(FlowGraph.Region::id).toList());
        assertThat(ids)
                .containsAll(flow.edges().stream()
                        .map(edge -> edge.id().replaceFirst("/.*", ""))
                        .toList());
        flow.nodes()
                .forEach(node -> assertThat(drawn)
                        .anyMatch(element -> element.getAttribute("data-id").equals(node.id())
                                && element.getAttribute("data-kind")
                                        .equals(node.kind().name())));
        assertThat(Diagram.read(bpmn).svg()).isEqualTo(svg);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void anImageShowsTheColoursOfItsSteps(Path directory) throws IOException {
        Diagram diagram = Diagram.read(BpmnText.read(directory.resolve("workflow.bpmn")));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(diagram.png()));
        Set<Integer> colours = new HashSet<>();
        for (int x = 0; x < image.getWidth(); x += 3) {
            for (int y = 0; y < image.getHeight(); y += 3) {
                colours.add(image.getRGB(x, y) & 0xFFFFFF);
            }
        }
        FlowGraph flow = FlowGraph.read(BpmnText.read(directory.resolve("workflow.bpmn")));
        flow.nodes()
                .forEach(node -> assertThat(colours)
                        .contains(Integer.parseInt(Paint.of(node.kind()).fill().substring(1), 16)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void noTextTouchesTheBorderOfItsStep(Path directory) throws Exception {
        String bpmn = BpmnText.read(directory.resolve("workflow.bpmn"));
        assertTextsAreInside(Diagram.read(bpmn).svg());
    }

    @Test
    void longNamesStayInsideAndAreCutAtTheEnd() throws Exception {
        for (String name : List.of(
                "CURSOR and PAGE SIZE and WORKSPACE and MAXIMUM",
                "Read secret GAMMA_WORKSPACE_ACCESS_TOKEN_OF_THE_OTHER_TENANT",
                "reserveInventoryForOrderLineOfCustomerInWarehouse",
                "Wait for a mail from somebody who answers and then for another one and another one and another one",
                "等待客户确认订单并通知仓库准备发货以及发送发票给客户")) {
            String svg = Diagram.read(drawn("<scriptTask id='t' name='" + name + "'/>", "t", 0, 0, 120, 80))
                    .svg();
            assertTextsAreInside(svg);
        }
    }

    private static void assertTextsAreInside(String svg) throws Exception {
        for (Element step : elements(svg)) {
            NodeList boxes = step.getElementsByTagName("rect");
            if (!step.getTagName().equals("g") || boxes.getLength() == 0) {
                continue;
            }
            Element box = (Element) boxes.item(0);
            double left = number(box, "x");
            double top = number(box, "y");
            double before = top;
            NodeList texts = step.getElementsByTagName("text");
            for (int i = 0; i < texts.getLength(); i++) {
                Element text = (Element) texts.item(i);
                double size = text.hasAttribute("font-size") ? number(text, "font-size") : 12;
                double width = Letters.REGULAR.width(text.getTextContent(), size);
                double begin =
                        number(text, "x") - (text.getAttribute("text-anchor").equals("middle") ? width / 2 : 0);
                assertThat(begin).as(text.getTextContent()).isGreaterThanOrEqualTo(left + 4);
                assertThat(begin + width)
                        .as(text.getTextContent())
                        .isLessThanOrEqualTo(left + number(box, "width") - 4);
                // letters reach three quarters of their size up, and a quarter down
                assertThat(number(text, "y") - size * 0.75).isGreaterThanOrEqualTo(before + 2);
                before = number(text, "y");
                assertThat(before + size * 0.25).isLessThanOrEqualTo(top + number(box, "height") - 4);
            }
        }
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    /** So it is the same on every server. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void theImageOfAFixtureNeedsNoFont(Path directory) {
        Picture picture = Picture.of(BpmnFile.parse(BpmnText.read(directory.resolve("workflow.bpmn"))));
        assertThat(SvgWriter.write(picture)).contains("<text");
        assertThat(SvgWriter.writeOutlined(picture)).doesNotContain("<text").contains("scale(0.005859");
    }

    @Test
    void aPictureHasATitleADescriptionAndNothingThatRuns() throws Exception {
        String evil = "&lt;/text>&lt;script>alert(1)&lt;/script>\" onload=\"x";
        String svg = Diagram.read(drawn("<startEvent id='s' name='" + evil + "'/>", "s", 0, 0, 36, 36))
                .svg();
        List<Element> all = elements(svg);
        assertThat(all.get(0).getAttribute("role")).isEqualTo("img");
        assertThat(all.stream().map(Element::getTagName))
                .isSubsetOf(
                        "svg",
                        "title",
                        "desc",
                        "defs",
                        "marker",
                        "path",
                        "rect",
                        "g",
                        "text",
                        "circle",
                        "polyline",
                        "polygon");
        assertThat(all.stream()
                        .filter(element -> element.getTagName().equals("desc"))
                        .findFirst()
                        .orElseThrow()
                        .getTextContent())
                .contains("Flow of 1 steps: TRIGGER </text><script>alert(1)");
        for (Element element : all) {
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                assertThat(element.getAttributes().item(i).getNodeName())
                        .doesNotStartWith("on")
                        .isNotEqualTo("href");
            }
        }
    }

    @Test
    void aFileWithoutADiagramIsDrawnInColumns() throws Exception {
        String svg = Diagram.read(BpmnText.process("<startEvent id='s'/><task id='a' name='A'/><task id='b'/>"
                        + "<subProcess id='r'><task id='i'/></subProcess>"
                        + "<boundaryEvent id='x' attachedToRef='r'><errorEventDefinition/></boundaryEvent>"
                        + BpmnText.flows("s>a a>b:on b>a a>r x>b")))
                .svg();
        assertThat(elements(svg).stream()
                        .map(element -> element.getAttribute("data-id"))
                        .filter(id -> !id.isEmpty()))
                .contains("s", "a", "b", "i", "s_a", "a_b", "b_a", "x_b");
    }

    @Test
    void brokenAndHugeCoordinatesAreNoReasonToFail() {
        for (String place : List.of("NaN", "1e300", "-5", "", "9e5")) {
            String bpmn = drawn("<task id='t' name='T'/>", "t", 0, 0, 100, 80)
                    .replace("width='100'", "width='" + place + "'");
            assertThat(Diagram.read(bpmn).png()).isNotEmpty();
        }
    }

    @Test
    void twoHundredNodesTakeLessThanTwoSeconds() {
        String nodes = IntStream.range(0, 200)
                .mapToObj(i -> "<task id='t%d' name='Step number %d of many'/>".formatted(i, i))
                .collect(Collectors.joining());
        String flows = IntStream.range(1, 200)
                .mapToObj(i -> "t%d>t%d".formatted(i - 1, i))
                .collect(Collectors.joining(" "));
        String bpmn = BpmnText.process(nodes + BpmnText.flows(flows));
        Diagram.read(bpmn).png();
        // Time of this thread: other work on the machine does not count.
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        long start = thread.getCurrentThreadCpuTime();
        Diagram.read(bpmn).png();
        assertThat(Duration.ofNanos(thread.getCurrentThreadCpuTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    private static String drawn(String content, String id, int x, int y, int width, int height) {
        return BpmnText.process(content).replace("</definitions>", """
                        <d:BPMNDiagram xmlns:d='http://www.omg.org/spec/BPMN/20100524/DI'><d:BPMNPlane>
                        <d:BPMNShape bpmnElement='%s'><c:Bounds xmlns:c='http://www.omg.org/spec/DD/20100524/DC'
                        x='%d' y='%d' width='%d' height='%d'/></d:BPMNShape></d:BPMNPlane></d:BPMNDiagram></definitions>""".formatted(id, x, y, width, height));
    }

    private static List<Element> elements(String svg) throws Exception {
        var document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        return BpmnFile.elements(document.getElementsByTagName("*"));
    }
}
