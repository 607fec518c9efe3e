package ai.fastn.camunda.bpmn;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.impl.BpmnModelInstanceImpl;
import org.camunda.bpm.model.bpmn.impl.BpmnParser;
import org.camunda.bpm.model.xml.instance.DomDocument;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Reads BPMN into Camunda's model API. The API's own reader loads the schema of BPMN anew for each text, which takes
 * longer than everything else together, and then checks the text once more against a schema that it has kept: here that
 * second check is the only one.
 */
public final class BpmnReader {

    private static final String ID = "id";

    private static final BpmnParser PARSER = new BpmnParser() {
        @Override
        protected void configureFactory(DocumentBuilderFactory factory) {
            super.configureFactory(factory);
            factory.setValidating(false);
        }

        @Override
        protected BpmnModelInstanceImpl createModelInstance(DomDocument document) {
            NodeList elements = ((Document) document.getDomSource().getNode()).getElementsByTagName("*");
            for (int i = 0; i < elements.getLength(); i++) {
                nameId((Element) elements.item(i));
                dropBlanks((Element) elements.item(i));
            }
            return super.createModelInstance(document);
        }
    };

    private BpmnReader() {}

    /**
     * A model of its own for the caller.
     *
     * @throws org.camunda.bpm.model.xml.ModelParseException when the text is no XML
     * @throws org.camunda.bpm.model.xml.ModelValidationException when it breaks the schema of BPMN
     */
    public static BpmnModelInstance read(String bpmn) {
        return PARSER.parseModelFromStream(new ByteArrayInputStream(bpmn.getBytes(StandardCharsets.UTF_8)));
    }

    /** Only the schema says which attributes elements are found by, and the check against it tells nobody. */
    private static void nameId(Element element) {
        if (element.hasAttribute(ID)) {
            element.setIdAttribute(ID, true);
        }
    }

    /** Who writes the model indents it anew, and would leave an empty line for each indentation that was there. */
    private static void dropBlanks(Element element) {
        List<Node> children = new ArrayList<>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            children.add(child);
        }
        if (children.stream().anyMatch(Element.class::isInstance)) {
            children.stream().filter(BpmnReader::isBlank).forEach(element::removeChild);
        }
    }

    private static boolean isBlank(Node node) {
        return node.getNodeType() == Node.TEXT_NODE && node.getNodeValue().isBlank();
    }
}
