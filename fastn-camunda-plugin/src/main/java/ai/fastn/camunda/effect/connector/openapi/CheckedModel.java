package ai.fastn.camunda.effect.connector.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import io.swagger.v3.parser.util.OpenAPIDeserializer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What swagger-parser says about a document: its mistakes by place, and its model of everything but schemas. */
final class CheckedModel {

    private final OpenAPI model;

    private CheckedModel(OpenAPI model) {
        this.model = model;
    }

    /**
     * Checks a document without resolving anything in it.
     *
     * @throws ai.fastn.camunda.diagnostic.FastnException OPENAPI_DOCUMENT where there is no way to read it
     */
    static CheckedModel of(ApiDocument document, Warnings warnings) {
        SwaggerParseResult result = parse(document);
        List<String> mistakes = result.getMessages() == null ? List.of() : result.getMessages();
        mistakes.forEach(mistake -> warnings.add("document", mistake));
        OpenAPI model = result.getOpenAPI();
        if (model == null) {
            throw ApiDocument.wrong("is not OpenAPI: " + String.join("; ", mistakes));
        }
        return new CheckedModel(model);
    }

    OpenAPI model() {
        return model;
    }

    Info info() {
        return model.getInfo() == null ? new Info() : model.getInfo();
    }

    /** A text that is not blank. */
    static Optional<String> text(@Nullable String text) {
        return Optional.ofNullable(text).map(String::strip).filter(said -> !said.isEmpty());
    }

    private static SwaggerParseResult parse(ApiDocument document) {
        ParseOptions options = new ParseOptions();
        options.setResolve(false);
        try {
            return new OpenAPIDeserializer().deserialize(document.root().deepCopy(), null, options);
        } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
            // The parser is not made for members of a wrong type everywhere.
            throw ApiDocument.wrong("is not OpenAPI: a member has a type that the parser can not read");
        }
    }
}
