package ai.fastn.camunda.effect.connector.bean;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** JSON Schemas (2020-12) of Java types, as Jackson writes and reads them. */
final class TypeSchemas {

    private static final SchemaGenerator GENERATOR = generator();
    private static final String DEFINITIONS = "$defs";

    private TypeSchemas() {}

    static ObjectNode of(Type type) {
        ObjectNode schema = GENERATOR.generateSchema(type);
        schema.remove("$schema");
        return schema;
    }

    /** An object with one member for each parameter. */
    static ObjectNode ofMembers(List<Parameter> parameters) {
        ObjectNode schema = ActionMethod.JSON.createObjectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = ActionMethod.JSON.createArrayNode();
        SchemaBuilder builder = GENERATOR.buildMultipleSchemaDefinitions();
        for (Parameter parameter : parameters) {
            ObjectNode member = builder.createSchemaReference(valueType(parameter));
            if (isOptional(parameter.getType(), annotations(parameter))) {
                properties.set(parameter.getName(), orNull(member));
            } else {
                properties.set(parameter.getName(), member);
                required.add(parameter.getName());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        schema.put("additionalProperties", false);
        JsonNode definitions = builder.collectDefinitions(DEFINITIONS);
        if (!definitions.isEmpty()) {
            schema.set(DEFINITIONS, definitions);
        }
        return schema;
    }

    /** Of an {@code Optional} what it may hold. */
    private static Type valueType(Parameter parameter) {
        return parameter.getParameterizedType() instanceof ParameterizedType generic
                        && generic.getRawType() == Optional.class
                ? generic.getActualTypeArguments()[0]
                : parameter.getParameterizedType();
    }

    private static ObjectNode orNull(ObjectNode schema) {
        ObjectNode either = ActionMethod.JSON.createObjectNode();
        ArrayNode choices = either.putArray("anyOf");
        choices.add(schema);
        choices.addObject().put("type", "null");
        return either;
    }

    private static SchemaGenerator generator() {
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        ActionMethod.JSON, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(new JacksonModule(JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY))
                .with(
                        Option.FLATTENED_OPTIONALS,
                        Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                        Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT,
                        Option.EXTRA_OPEN_API_FORMAT_VALUES);
        config.forFields()
                .withRequiredCheck(TypeSchemas::isRequired)
                .withNullableCheck(field -> isOptional(field.getRawMember().getType(), annotations(field)));
        config.forTypesInGeneral()
                .withCustomDefinitionProvider((type, context) ->
                        JsonNode.class.isAssignableFrom(type.getErasedType()) || type.getErasedType() == Object.class
                                ? new CustomDefinition(
                                        context.getGeneratorConfig().createObjectNode(),
                                        CustomDefinition.DefinitionType.INLINE,
                                        CustomDefinition.AttributeInclusion.NO)
                                : null);
        return new SchemaGenerator(config.build());
    }

    /** Of other classes than records nobody knows what they make of a member that is absent. */
    private static boolean isRequired(FieldScope field) {
        return field.getRawMember().getDeclaringClass().isRecord()
                && !isOptional(field.getRawMember().getType(), annotations(field));
    }

    private static boolean isOptional(Class<?> type, Stream<Annotation> annotations) {
        return type == Optional.class
                || annotations.anyMatch(annotation ->
                        annotation.annotationType().getSimpleName().equals("Nullable"));
    }

    private static Stream<Annotation> annotations(FieldScope field) {
        return both(field.getRawMember().getAnnotations(), field.getRawMember().getAnnotatedType());
    }

    private static Stream<Annotation> annotations(Parameter parameter) {
        return both(parameter.getAnnotations(), parameter.getAnnotatedType());
    }

    private static Stream<Annotation> both(Annotation[] declared, AnnotatedType type) {
        return Stream.concat(Arrays.stream(declared), Arrays.stream(type.getAnnotations()));
    }
}
