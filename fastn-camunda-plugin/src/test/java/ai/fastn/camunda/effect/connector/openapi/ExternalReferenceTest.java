package ai.fastn.camunda.effect.connector.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A document is read and nothing else: no reference out of it is followed, wherever it stands. */
class ExternalReferenceTest {

    private static final String DOCUMENT = """
            openapi: VERSION
            info: {title: Outside, version: "1"}
            servers: [{url: "http://localhost:PORT/server"}]
            externalDocs: {url: "http://localhost:PORT/docs"}
            paths:
              /path: PATH
              /a:
                parameters: [PARAMETER]
                get:
                  operationId: getA
                  parameters: [{name: q, in: query, schema: SCHEMA}]
                  requestBody: BODY
                  responses: {'200': RESPONSE, '201': {description: ok, content: {application/json: {schema: {type: object, properties: {default: PROPERTY}}, examples: {one: {externalValue: "http://localhost:PORT/example"}, two: {$ref: "http://localhost:PORT/example2"}}, example: {$ref: "http://localhost:PORT/data"}}}}}
            components:
              schemas:
                Animal: {type: object, discriminator: {propertyName: kind, mapping: {cat: "http://localhost:PORT/cat"}}, default: {$ref: "http://localhost:PORT/value"}}
                example: COMPONENT
              securitySchemes:
                oidc: {type: openIdConnect, openIdConnectUrl: "http://localhost:PORT/oidc"}
            """;

    private final AtomicInteger hits = new AtomicInteger();
    private final OpenApiImport imports = new OpenApiImport();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            hits.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        imports.close();
    }

    @ParameterizedTest
    @CsvSource({
        "PATH, paths./path",
        "PARAMETER, paths./a.parameters[0]",
        "SCHEMA, paths./a.get.parameters[0].schema",
        "BODY, paths./a.get.requestBody",
        "RESPONSE, paths./a.get.responses.200",
        "PROPERTY, paths./a.get.responses.201.content.application/json.schema.properties.default",
        "COMPONENT, components.schemas.example"
    })
    void aReferenceToAnotherDocumentIsRefusedAndNotFollowed(String mark, String place) {
        for (String version : new String[] {"3.0.3", "3.1.0"}) {
            for (String target : new String[] {
                "http://localhost:" + port() + "/x.yaml#/a",
                "other.yaml#/A",
                "file:///etc/passwd",
                "//localhost:" + port() + "/x"
            }) {
                String document = document(version).replace(mark, "{$ref: \"" + target + "\"}");

                assertThatThrownBy(() -> imports.preview(harmless(document).getBytes(UTF_8)))
                        .isInstanceOfSatisfying(
                                FastnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OPENAPI_REFERENCE))
                        .hasMessage("OpenAPI document: " + place + " refers to \"" + target
                                + "\" outside of the document; bundle it into one document first");
            }
        }
        assertThat(hits).as("requests to the address in the document").hasValue(0);
    }

    @Test
    void addressesThatAreNoReferencesAreNotCalledEither() {
        for (String version : new String[] {"3.0.3", "3.1.0"}) {
            byte[] document = harmless(document(version)).getBytes(UTF_8);
            assertThat(imports.preview(document).operations()).hasSize(1);
            assertThat(imports.definition(document, Fixture.choice("out", "https://out.example", List.of()))
                            .document()
                            .path("actions"))
                    .hasSize(1);
        }

        assertThat(hits).as("requests to the addresses in the document").hasValue(0);
    }

    private String document(String version) {
        return DOCUMENT.replace("VERSION", version).replace("PORT", Integer.toString(port()));
    }

    private static String harmless(String document) {
        return document.replace("PATH", "{}")
                .replace("PARAMETER", "{name: p, in: query, schema: {}}")
                .replace("SCHEMA", "{}")
                .replace("BODY", "{content: {}}")
                .replace("RESPONSE", "{description: ok}")
                .replace("PROPERTY", "{}")
                .replace("COMPONENT", "{}");
    }

    private int port() {
        return server.getAddress().getPort();
    }
}
