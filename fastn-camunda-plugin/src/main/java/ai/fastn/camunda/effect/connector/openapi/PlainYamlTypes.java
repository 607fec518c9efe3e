package ai.fastn.camunda.effect.connector.openapi;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** The types of JSON, as OpenAPI wants YAML to be read: {@code on}, {@code 2024-01-31} and {@code 12:30} are texts. */
final class PlainYamlTypes extends Resolver {

    private static final Pattern TRUTH = Pattern.compile("true|false");
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");
    private static final Pattern NOTHING = Pattern.compile("~|null|");
    private static final Pattern MERGE = Pattern.compile("<<");

    @Override
    protected void addImplicitResolvers() {
        addImplicitResolver(Tag.BOOL, TRUTH, "tf");
        addImplicitResolver(Tag.INT, WHOLE, "-0123456789");
        addImplicitResolver(Tag.FLOAT, NUMBER, "-0123456789");
        addImplicitResolver(Tag.MERGE, MERGE, "<");
        addImplicitResolver(Tag.NULL, NOTHING, "~n\0");
        addImplicitResolver(Tag.NULL, Pattern.compile(""), null);
    }
}
