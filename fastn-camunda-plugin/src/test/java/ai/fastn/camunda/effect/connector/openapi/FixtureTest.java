package ai.fastn.camunda.effect.connector.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.effect.connector.ConnectorFiles;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents in the form of large public ones become exactly these previews and definitions. */
class FixtureTest {

    private static final OpenApiImport IMPORTS = new OpenApiImport();

    @AfterAll
    static void close() {
        IMPORTS.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"petstore", "crm", "shop", "payments", "tracker", "events"})
    void aDocumentHasThisPreview(String name) throws IOException {
        Fixture fixture = Fixture.of(name);

        ImportPreview preview = IMPORTS.preview(fixture.document());

        requireSame(fixture.folder().resolve("preview.json"), Fixture.pretty(preview));
    }

    @ParameterizedTest
    @ValueSource(strings = {"petstore", "crm", "shop", "payments", "tracker", "events"})
    void aDocumentBecomesThisDefinition(String name) throws IOException {
        Fixture fixture = Fixture.of(name);

        var definition = fixture.definition(IMPORTS, name, "https://" + name + ".example");

        requireSame(fixture.folder().resolve("definition.json"), Fixture.pretty(definition));
        ConnectorDefinition read = ConnectorFiles.read(name, definition);
        assertThat(read.actions())
                .hasSameSizeAs(IMPORTS.preview(fixture.document()).operations().stream()
                        .filter(operation -> operation.problem().isEmpty())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"petstore", "crm", "shop", "payments", "tracker", "events"})
    void everyWayToShowWhoCallsThatAPreviewOffersCanBeInADefinition(String name) {
        byte[] document = Fixture.of(name).document();

        for (ImportPreview.Security way : IMPORTS.preview(document).security()) {
            way.auth().ifPresent(auth -> {
                ImportChoice choice = new ImportChoice(
                        name, Optional.empty(), Optional.empty(), List.of(), Map.of(), Optional.of(auth));
                assertThat(ConnectorFiles.read(
                                        name,
                                        IMPORTS.definition(document, choice).document())
                                .auth()
                                .method())
                        .isEqualTo(auth.path("type").asText());
            });
        }
    }

    @Test
    void theWayThatTheDocumentAsksForIsTheUsualOne() {
        ImportChoice choice =
                new ImportChoice("hub", Optional.empty(), Optional.empty(), List.of(), Map.of(), Optional.empty());

        JsonNode auth = IMPORTS.definition(Fixture.of("events").document(), choice)
                .document()
                .path("auth");

        assertThat(auth)
                .isEqualTo(
                        Fixture.json(
                                "{\"type\":\"digest\",\"usernameSecret\":\"HUB_USERNAME\",\"passwordSecret\":\"HUB_PASSWORD\"}"));
    }

    private static void requireSame(Path file, String text) throws IOException {
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(file, text);
        }
        assertThat(text).as("%s; -Dgolden=update rewrites it", file).isEqualTo(Files.readString(file));
    }
}
