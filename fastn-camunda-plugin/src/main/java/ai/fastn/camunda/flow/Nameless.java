package ai.fastn.camunda.flow;

import java.util.Locale;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/** What an element without a name is called: its id, unless a tool has made that up; then what it is. */
final class Nameless {

    /** {@code Gateway_0k2jf8s} of the Camunda Modeler, {@code sid-70D2F83B-...} and {@code _7ab6dbdf-...} of others. */
    private static final Pattern MADE_UP = Pattern.compile(
            "[A-Za-z]+_(?=[a-z]*\\d)[0-9a-z]{7}|[A-Za-z]*[_-]?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    private Nameless() {}

    static String shown(Element element) {
        String id = BpmnFile.id(element);
        return id.isEmpty() || MADE_UP.matcher(id).matches() ? kind(element.getLocalName()) : id;
    }

    /** {@code exclusiveGateway} is an "Exclusive gateway". */
    private static String kind(String element) {
        String words = element.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
