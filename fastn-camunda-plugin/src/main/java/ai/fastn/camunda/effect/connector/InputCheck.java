package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.FastnException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.resource.DisallowSchemaLoader;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks inputs against the JSON Schemas of actions, each compiled once; nothing outside a schema is read. Thread-safe.
 */
final class InputCheck {

    private static final JsonMetaSchema BOUNDED = JsonMetaSchema.builder(JsonMetaSchema.getV202012())
            .vocabularyFactory(BoundedRef::vocabulary)
            .build();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.builder()
            .defaultMetaSchemaIri(BOUNDED.getIri())
            .metaSchema(BOUNDED)
            .metaSchemaFactory((otherDialect, schemas, config) -> BOUNDED)
            .schemaLoaders(loaders -> loaders.add(DisallowSchemaLoader.getInstance()))
            .build();
    private static final SchemaValidatorsConfig CONFIG = SchemaValidatorsConfig.builder()
            .pathType(PathType.JSON_POINTER)
            .locale(Locale.ROOT)
            .preloadJsonSchema(false) // what a reference leads to is read when an input gets there
            .regularExpressionFactory(InputCheck::pattern)
            .build();
    private static final int KEPT = 2_000;
    private static final int MOST_MISTAKES = 5;

    private final Map<Key, JsonSchema> compiled = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, JsonSchema> eldest) {
            return size() > KEPT;
        }
    };

    /** Comparing two schemas would take longer than compiling one. */
    private record Key(JsonNode schema) {

        @Override
        @SuppressWarnings("ReferenceEquality") // the very schema of an action, which lives as long as its definition
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && key.schema == schema;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(schema);
        }
    }

    /**
     * Passes only what fits.
     *
     * @throws FastnException CONNECTOR_INPUT naming the places that do not fit as JSON pointers, never a value
     */
    void require(ConnectorDefinition definition, ConnectorAction action, JsonNode input) {
        if (action.input().isEmpty()) {
            return;
        }
        String mistakes = mistakes(definition, action.input().get(), input);
        if (!mistakes.isEmpty()) {
            throw ConnectorInput.wrong("the input does not fit: " + mistakes);
        }
    }

    private static RegularExpression pattern(String text) {
        return SchemaPattern.of(text).orElseThrow(() -> new JsonSchemaException("a pattern can not be matched"));
    }

    private String mistakes(ConnectorDefinition definition, JsonNode schema, JsonNode input) {
        try {
            JsonSchema compiled = compiled(definition, schema);
            BoundedRef.Check check =
                    new BoundedRef.Check(compiled.createExecutionContext().getExecutionConfig());
            return compiled.validate(check, input, OutputFormat.DEFAULT).stream()
                    .map(ValidationMessage::getMessage)
                    .map(text -> text.startsWith(": ") ? text.substring(2) : text)
                    .distinct()
                    .sorted()
                    .limit(MOST_MISTAKES)
                    .collect(Collectors.joining("; "));
        } catch (SchemaPattern.UncheckableException e) {
            throw ConnectorInput.wrong("the input can not be checked: " + e.getMessage());
        } catch (JsonSchemaException e) {
            throw ConnectorInput.wrong("the input can not be checked: the JSON Schema of the action is wrong");
        }
    }

    private JsonSchema compiled(ConnectorDefinition definition, JsonNode schema) {
        Key key = new Key(schema);
        synchronized (compiled) {
            return compiled.computeIfAbsent(key, absent -> SCHEMAS.getSchema(definition.whole(schema), CONFIG));
        }
    }
}
