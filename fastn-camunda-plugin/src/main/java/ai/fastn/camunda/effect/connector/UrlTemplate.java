package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address in which {@code {name}} stands for a setting of the connection. A value can neither leave the domain that
 * the definition names after it nor add a part to the path.
 *
 * @param text {@code https://{shop}.myshopify.com}
 */
public record UrlTemplate(String text) {

    static final Pattern PLACE = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]*)}");

    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9])?");
    private static final Pattern HOST = Pattern.compile("https?://([^/?#:]+)(?::[0-9]{1,5})?(?:/.*)?");
    private static final Pattern FIXED_END = Pattern.compile("[^{}]+|.*}\\.[A-Za-z0-9.-]*[A-Za-z0-9]");

    /** Reads one of a definition file. */
    static UrlTemplate read(DefinitionNode node) {
        UrlTemplate template = new UrlTemplate(node.text().replaceFirst("/$", ""));
        Matcher host = HOST.matcher(template.text);
        if (!host.matches() || !isUrl(PLACE.matcher(template.text).replaceAll("x"))) {
            throw node.wrong("is not the address of a service: http(s)://host[:port][/path]");
        }
        if (!FIXED_END.matcher(host.group(1)).matches()) {
            throw node.wrong("ends its host by a placeholder; a fixed domain must follow, such as {shop}.example.com");
        }
        return template;
    }

    /** The settings it needs. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        PLACE.matcher(text).results().forEach(match -> names.add(match.group(1)));
        return names;
    }

    /**
     * The address.
     *
     * @throws FastnException CONNECTION_INCOMPLETE when a setting is missing or can not stand there
     */
    public URI filled(Map<String, String> settings) {
        return URI.create(PLACE.matcher(text).replaceAll(match -> value(match.group(1), settings)));
    }

    private static String value(String name, Map<String, String> settings) {
        String value = settings.getOrDefault(name, "");
        if (!VALUE.matcher(value).matches() || value.contains("..")) {
            throw new FastnException(
                    ErrorCode.CONNECTION_INCOMPLETE,
                    "setting \"" + name + "\" of the connection is "
                            + (value.isEmpty()
                                    ? "missing"
                                    : "not letters, digits, \"-\", \"_\" and single \".\", at most 128"));
        }
        return value;
    }

    private static boolean isUrl(String sample) {
        try {
            URI url = new URI(sample);
            return url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
