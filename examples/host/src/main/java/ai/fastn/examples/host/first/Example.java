package ai.fastn.examples.host.first;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * One folder of {@code examples/}, which the host carries as resources.
 *
 * @param configuration what {@code workflow.json} holds beside the slug
 * @param cases what {@code cases.json} holds: inputs, expected results and what the back ends must have stored
 */
public record Example(String slug, String fileName, String code, JsonNode configuration, JsonNode cases) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** All examples in order of their slugs. */
    public static List<Example> all() {
        try {
            Resource[] found =
                    new PathMatchingResourcePatternResolver().getResources("classpath*:examples/*/workflow.json");
            return Arrays.stream(found)
                    .map(Example::read)
                    .sorted(Comparator.comparing(Example::slug))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Example read(Resource workflowJson) {
        try {
            JsonNode configuration = JSON.readTree(text(workflowJson));
            Resource javaScript = workflowJson.createRelative("workflow.js");
            Resource code = javaScript.exists() ? javaScript : workflowJson.createRelative("workflow.ts");
            String slug = configuration.required("slug").asText();
            String ending = javaScript.exists() ? ".js" : ".ts";
            return new Example(
                    slug,
                    slug + ending,
                    text(code),
                    configuration,
                    JSON.readTree(text(workflowJson.createRelative("cases.json")))
                            .required("cases"));
        } catch (FileNotFoundException e) {
            throw new IllegalStateException("bug: example without code or cases beside " + workflowJson, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Resource resource) throws IOException {
        try (InputStream stream = resource.getInputStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
