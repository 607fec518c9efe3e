package ai.fastn.camunda.effect.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.AbstractKeyword;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonValidator;
import com.networknt.schema.Keyword;
import com.networknt.schema.RefValidator;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.ValidationContext;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.Vocabulary;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code $ref} as ever, but counted: a schema that refers to itself, or to others twice each, can ask for more than a
 * machine can do, and without references for nothing that is not as long as itself.
 */
final class BoundedRef extends AbstractKeyword {

    private static final int DEEPEST = 100;

    /** So many are followed however slow the machine is. */
    private static final int ALWAYS = 500;

    private static final Duration LONGEST = Duration.ofSeconds(2);

    BoundedRef() {
        super("$ref");
    }

    /** The words of JSON Schema with this one among them; null for those that stay what they are. */
    static @Nullable Vocabulary vocabulary(String iri) {
        Vocabulary core = Vocabulary.V202012_CORE;
        if (!core.getIri().equals(iri)) {
            return null;
        }
        Set<Keyword> keywords = new LinkedHashSet<>(core.getKeywords());
        keywords.removeIf(keyword -> keyword.getValue().equals("$ref"));
        keywords.add(new BoundedRef());
        return new Vocabulary(iri, keywords.toArray(Keyword[]::new));
    }

    @Override
    public JsonValidator newValidator(
            SchemaLocation location, JsonNodePath path, JsonNode node, JsonSchema parent, ValidationContext context) {
        return new Counted(location, path, node, parent, context);
    }

    /** One check of one input. */
    static final class Check extends ExecutionContext {

        private final long began = System.nanoTime();
        private int depth;
        private int followed;

        Check(ExecutionConfig config) {
            super(config);
        }

        private void enter() {
            depth++;
            followed++;
            if (depth > DEEPEST) {
                throw new SchemaPattern.UncheckableException(
                        "references of the schema go more than " + DEEPEST + " deep");
            }
            if (followed > ALWAYS && System.nanoTime() - began > LONGEST.toNanos()) {
                throw new SchemaPattern.UncheckableException(
                        "following the references of the schema took more than " + LONGEST.toMillis() + " ms");
            }
        }

        private void leave() {
            depth--;
        }
    }

    /** A reference at its place. */
    private static final class Counted extends RefValidator {

        Counted(
                SchemaLocation location,
                JsonNodePath path,
                JsonNode node,
                JsonSchema parent,
                ValidationContext context) {
            super(location, path, node, parent, context);
        }

        @Override
        public Set<ValidationMessage> validate(
                ExecutionContext context, JsonNode node, JsonNode root, JsonNodePath place) {
            Check check = (Check) context;
            check.enter();
            try {
                return super.validate(context, node, root, place);
            } finally {
                check.leave();
            }
        }
    }
}
