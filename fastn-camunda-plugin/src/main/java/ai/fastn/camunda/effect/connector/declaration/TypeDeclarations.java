package ai.fastn.camunda.effect.connector.declaration;

import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.effect.connector.InstalledConnector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * TypeScript declarations of everything that code of a workflow can use: the {@code fastn} client, {@code ctx}, the web
 * functions of the sandbox, and the actions of the tenant's connectors. The same connectors give the same text.
 */
public final class TypeDeclarations {

    private TypeDeclarations() {}

    /** The text of {@code fastn.d.ts}. */
    public static String of(List<InstalledConnector> connectors) {
        StringBuilder text = new StringBuilder(client());
        text.append("/** The connectors: by name in code, and by slug. */\ninterface FastnConnectors {\n");
        for (InstalledConnector connector : connectors) {
            member(connector.definition(), text);
        }
        text.append("}\n");
        for (InstalledConnector connector : connectors) {
            text.append(new ConnectorTypes(connector.definition()).text());
        }
        return text.toString();
    }

    private static void member(ConnectorDefinition definition, StringBuilder text) {
        String type = ConnectorTypes.namespaceOf(definition) + ".Actions";
        Comment.write("  ", definition.title() + "\n" + definition.description(), text);
        text.append("  readonly ")
                .append(Words.key(definition.accessor()))
                .append(": ")
                .append(type)
                .append(";\n");
        if (!definition.slug().equals(definition.accessor())) {
            text.append("  readonly ")
                    .append(Words.key(definition.slug()))
                    .append(": ")
                    .append(type)
                    .append(";\n");
        }
    }

    private static String client() {
        try (InputStream file = TypeDeclarations.class.getResourceAsStream("/ai/fastn/camunda/types/fastn.d.ts")) {
            if (file == null) {
                throw new IllegalStateException("bug: the declarations of the client are not in the jar");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
