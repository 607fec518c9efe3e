package ai.fastn.camunda.flow;

import java.util.Map;
import java.util.LinkedHashMap;
import ai.fastn.camunda.bpmn.FastnBpmn;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** BPMN as plain XML elements: unlike a typed reader it also takes files that break the schema here and there. */
final class BpmnFile {

    static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";

    private static final Set<String> CONTAINERS = Set.of("subProcess", "transaction", "adHocSubProcess");

    private final Document document;

    private BpmnFile(Document document) {
        this.document = document;
    }

    static BpmnFile parse(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            // The default one prints to System.err before it throws.
            builder.setErrorHandler(null);
            return new BpmnFile(builder.parse(new InputSource(new StringReader(xml))));
        } catch (SAXParseException e) {
            throw new IllegalArgumentException(
                    "BPMN is not well-formed XML: line " + e.getLineNumber() + ", column " + e.getColumnNumber() + ": "
                            + e.getMessage(),
                    e);
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new IllegalArgumentException("BPMN is not readable: " + e.getMessage(), e);
        }
    }

    List<Element> processes() {
        return children(document.getDocumentElement()).stream()
                .filter(element -> element.getLocalName().equals("process"))
                .toList();
    }

    /** Root elements of one type: {@code error}, {@code message}, {@code collaboration}. */
    List<Element> roots(String type) {
        return children(document.getDocumentElement()).stream()
                .filter(element -> element.getLocalName().equals(type))
                .toList();
    }

    Document document() {
        return document;
    }

    /** Every BPMN element below another one, in the order of the document. */
    static List<Element> descendants(Element parent) {
        return elements(parent.getElementsByTagNameNS(BPMN, "*"));
    }

    static List<Element> elements(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    /** The first element of a type directly inside another one. */
    static Optional<Element> child(Element parent, String type) {
        return children(parent).stream()
                .filter(child -> child.getLocalName().equals(type))
                .findFirst();
    }

    /** Elements of another namespace in the {@code extensionElements} of an element. */
    static List<Element> extensions(Element element, String namespace, String type) {
        return child(element, "extensionElements")
                .map(extensions -> elements(extensions.getElementsByTagNameNS(namespace, type)))
                .orElse(List.of());
    }

    /** The text of the first {@code documentation}; empty without one. */
    static String documentation(Element element) {
        return child(element, "documentation")
                .map(Element::getTextContent)
                .orElse("")
                .strip();
    }

    static String camunda(Element element, String attribute) {
        return element.getAttributeNS(CAMUNDA, attribute);
    }

    /** BPMN elements directly inside another one. */
    static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && BPMN.equals(element.getNamespaceURI())) {
                children.add(element);
            }
        }
        return children;
    }

    static boolean isContainer(Element element) {
        return CONTAINERS.contains(element.getLocalName());
    }

    static boolean isFlowNode(Element element) {
        String type = element.getLocalName();
        return isContainer(element)
                || type.endsWith("Event")
                || type.endsWith("Gateway")
                || type.endsWith("ask")
                || type.equals("callActivity")
                || type.equals("callChoreography");
    }

    /** Whether an event has a definition of this kind, or for "" of any kind. */
    static boolean isDefinedBy(Element event, String definition) {
        return children(event).stream()
                .anyMatch(child -> child.getLocalName().endsWith("EventDefinition")
                        && child.getLocalName().startsWith(definition));
    }

    static String name(Element element) {
        return element.getAttribute("name").strip().replaceAll("\\s+", " ");
    }

    static String id(Element element) {
        return element.getAttribute("id");
    }

    /** The id that an attribute refers to; some tools write a prefix before it. */
    static String reference(Element element, String attribute) {
        String name = element.getAttribute(attribute);
        return name.substring(name.indexOf(':') + 1);
    }

    /** What the compiler wrote as {@code fastn:kind}, or an element template as a property {@code fastn.kind}. */
    static String said(Element element, String word) {
        String attribute = element.getAttributeNS(FastnBpmn.NAMESPACE, word);
        return attribute.isEmpty() ? property(element, FastnBpmn.PREFIX + "." + word) : attribute;
    }

    /** The properties whose name begins with a prefix: what follows it, and the value. */
    static Map<String, String> properties(Element element, String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        extensions(element, CAMUNDA, "property").stream()
                .filter(property -> property.getAttribute("name").startsWith(prefix))
                .forEach(property -> found.put(
                        property.getAttribute("name").substring(prefix.length()), property.getAttribute("value")));
        return found;
    }

    static String property(Element element, String name) {
        return extensions(element, CAMUNDA, "property").stream()
                .filter(property -> property.getAttribute("name").equals(name))
                .map(property -> property.getAttribute("value"))
                .findFirst()
                .orElse("");
    }
}
