package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Definitions of well-known products that the plugin brings along; the operator says which of them are installed. */
public final class ConnectorCatalogue {

    /** In the place of a slug: all. */
    private static final String ALL = "*";

    private static final List<String> SLUGS = List.of(
            "gamma",
            "github",
            "gmail",
            "google-sheets",
            "hubspot-crm",
            "jira",
            "salesforce",
            "shopify",
            "slack",
            "stripe");

    private ConnectorCatalogue() {}

    /**
     * The definitions that were chosen, without those that the operator has a file of his own for.
     *
     * @param chosen slugs, or {@code *}
     * @throws FastnException INSTALLATION for a slug that the catalogue does not have
     */
    public static List<ConnectorDefinition> chosen(Collection<String> chosen, List<ConnectorDefinition> own) {
        chosen.forEach(ConnectorCatalogue::requireKnown);
        Set<String> taken = own.stream().map(ConnectorDefinition::accessor).collect(Collectors.toSet());
        ConnectorFiles files = new ConnectorFiles(text -> text);
        return SLUGS.stream()
                .filter(slug -> chosen.contains(ALL) || chosen.contains(slug))
                .map(slug -> files.parse(slug + ".yaml", text(slug)))
                .filter(definition -> !taken.contains(definition.accessor()))
                .toList();
    }

    private static void requireKnown(String slug) {
        if (!SLUGS.contains(slug) && !slug.equals(ALL)) {
            throw new FastnException(
                    ErrorCode.INSTALLATION,
                    "fastn.connectors.catalogue names \"" + slug + "\"; there are " + String.join(", ", SLUGS) + " and "
                            + ALL + " for all");
        }
    }

    private static String text(String slug) {
        String path = "/ai/fastn/camunda/connectors/" + slug + ".yaml";
        try (InputStream file = ConnectorCatalogue.class.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException("bug: " + path + " is not in the jar");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
