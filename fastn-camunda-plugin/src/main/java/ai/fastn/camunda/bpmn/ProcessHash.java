package ai.fastn.camunda.bpmn;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * A hash of what a BPMN file says, so that a process that somebody has changed is known. It stays the same when a
 * modeler only loads and saves the file: diagram, prefixes, the order of attributes and elements, blanks between
 * elements and values that are BPMN's defaults anyway do not count. Neither does the version tag.
 */
public final class ProcessHash {

    private static final String XMLNS = "http://www.w3.org/2000/xmlns/";
    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

    /** A modeler leaves these out, or writes them. */
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("cancelActivity", "true"),
            Map.entry("completionQuantity", "1"),
            Map.entry("isClosed", "false"),
            Map.entry("isForCompensation", "false"),
            Map.entry("isInterrupting", "true"),
            Map.entry("parallelMultiple", "false"),
            Map.entry("processType", "None"),
            Map.entry("startQuantity", "1"),
            Map.entry("triggeredByEvent", "false"),
            Map.entry("gatewayDirection", "Unspecified"));

    /** What a node repeats of its flows, and how it is drawn. */
    private static final Set<String> REPEATED = Set.of("incoming", "outgoing", "BPMNDiagram");

    private static final Set<String> NOT_COUNTED = Set.of("versionTag", FastnBpmn.PROCESS_SHA256);

    private ProcessHash() {}

    /** SHA-256, lower-case hex. */
    public static String of(Document bpmn) {
        List<String> parts = new ArrayList<>();
        for (Element child : children(bpmn.getDocumentElement())) {
            parts.add(hash(child));
        }
        return sha256(parts.stream().sorted().collect(Collectors.joining("\n")));
    }

    /** The hash that was written when the process was compiled; empty when it never was. */
    public static Optional<String> written(Document bpmn) {
        var programs = bpmn.getElementsByTagNameNS(FastnBpmn.NAMESPACE, FastnBpmn.PROGRAM);
        return programs.item(0) instanceof Element program && program.hasAttribute(FastnBpmn.PROCESS_SHA256)
                ? Optional.of(program.getAttribute(FastnBpmn.PROCESS_SHA256))
                : Optional.empty();
    }

    private static String hash(Element element) {
        String content = element.getElementsByTagName("*").getLength() == 0
                ? element.getTextContent().strip()
                : children(element).stream().map(ProcessHash::hash).sorted().collect(Collectors.joining("\n"));
        return sha256(name(element) + "\n" + attributes(element) + "\n" + content);
    }

    private static String name(Node node) {
        String local = node.getLocalName() == null ? node.getNodeName() : node.getLocalName();
        return node.getNamespaceURI() == null ? local : "{" + node.getNamespaceURI() + "}" + local;
    }

    private static String attributes(Element element) {
        NamedNodeMap attributes = element.getAttributes();
        List<String> counted = new ArrayList<>();
        for (int i = 0; i < attributes.getLength(); i++) {
            if (attributes.item(i) instanceof Attr attribute && counts(attribute)) {
                counted.add(name(attribute) + "=" + value(attribute));
            }
        }
        return counted.stream().sorted().collect(Collectors.joining("\n"));
    }

    private static boolean counts(Attr attribute) {
        String name = attribute.getLocalName() == null ? attribute.getName() : attribute.getLocalName();
        return !XMLNS.equals(attribute.getNamespaceURI())
                && !attribute.getName().startsWith("xmlns")
                && !NOT_COUNTED.contains(name)
                && !attribute.getValue().equals(DEFAULTS.get(name));
    }

    /** A type is a name with a prefix. */
    private static String value(Attr attribute) {
        String value = attribute.getValue();
        return XSI.equals(attribute.getNamespaceURI()) ? value.substring(value.indexOf(':') + 1) : value;
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && !REPEATED.contains(element.getLocalName())) {
                children.add(element);
            }
        }
        return children;
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("bug: every Java has SHA-256", e);
        }
    }
}
