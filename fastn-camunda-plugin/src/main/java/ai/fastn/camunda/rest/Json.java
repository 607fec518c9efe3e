package ai.fastn.camunda.rest;

import ai.fastn.camunda.flow.FlowGraph;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Map;

/** JSON out of the REST API, independent of how the host application sets up its own. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .addModule(new SimpleModule().addSerializer(FlowGraph.EdgeKind.class, new EdgeKindWord()))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private Json() {}

    /** The word that the Flow graph has always had in JSON. */
    private static final class EdgeKindWord extends JsonSerializer<FlowGraph.EdgeKind> {

        @Override
        public void serialize(FlowGraph.EdgeKind kind, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeString(kind.word());
        }
    }

    /** A value as the members it has in JSON. */
    static Map<?, ?> members(Object value) {
        return MAPPER.convertValue(value, Map.class);
    }

    static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: a reply can not be written as JSON", e);
        }
    }
}
