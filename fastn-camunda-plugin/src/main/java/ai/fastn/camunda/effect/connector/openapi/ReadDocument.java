package ai.fastn.camunda.effect.connector.openapi;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.connector.ConnectorFiles;
import ai.fastn.camunda.workflow.StepKind;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A document that was read and checked: says what it offers, and makes definitions of it. */
final class ReadDocument {

    private static final int MOST_CHOSEN = 50;
    private static final int LONGEST_SLUG = 40;
    private static final int LONGEST_TITLE = 120;
    private static final int LONGEST_DESCRIPTION = 4_000;

    private final Warnings warnings = new Warnings();
    private final ApiDocument document;
    private final CheckedModel checked;
    private final Map<String, ApiOperation> operations;

    private ReadDocument(byte[] bytes) {
        this.document = ApiDocument.of(StrictDocument.read(bytes));
        this.checked = CheckedModel.of(document, warnings);
        this.operations = ActionNaming.names(ApiOperation.list(document, warnings), warnings);
        if (operations.isEmpty()) {
            throw ApiDocument.wrong("has no operation to call");
        }
    }

    /**
     * Reads a document.
     *
     * @throws FastnException OPENAPI_UNREADABLE, OPENAPI_DOCUMENT, OPENAPI_REFERENCE
     */
    static ReadDocument of(byte[] bytes) {
        return new ReadDocument(bytes);
    }

    ImportPreview preview() {
        warnOfTheRest();
        Map<String, String> problems = problems();
        Set<String> chosen = chosen(problems);
        List<ImportPreview.Operation> rows = new ArrayList<>();
        operations.forEach((name, operation) -> rows.add(new ImportPreview.Operation(
                name,
                operation.method(),
                operation.path(),
                ActionMapping.title(operation),
                ActionMapping.description(operation),
                ActionMapping.kind(operation),
                operation.isDeprecated(),
                chosen.contains(name),
                Optional.ofNullable(problems.get(name)))));
        List<String> hosts = Hosts.of(checked, document, warnings);
        List<ImportPreview.Security> security = security(slug());
        return new ImportPreview(
                title(),
                description(),
                CheckedModel.text(checked.info().getVersion()).orElse(""),
                document.root().path("openapi").asText(),
                slug(),
                rows,
                hosts,
                security,
                warnings.list());
    }

    /** The definition of what was chosen. */
    ImportedDefinition definition(ImportChoice choice) {
        List<String> names = choice.operations().isEmpty()
                ? List.copyOf(chosen(problems()))
                : choice.operations().stream().distinct().toList();
        requireKnown(names, "operation");
        requireKnown(choice.kinds().keySet(), "kind");
        Warnings about = new Warnings();
        SchemaConversion schemas = new SchemaConversion(document, about);
        ObjectNode actions = JsonNodeFactory.instance.objectNode();
        names.forEach(name -> actions.set(name, action(name, choice, schemas, about)));
        ObjectNode definition = head(choice, about);
        ObjectNode shared = schemas.shared();
        if (!shared.isEmpty()) {
            definition.set("schemas", shared);
        }
        definition.set("actions", actions);
        ConnectorFiles.read(choice.slug(), definition);
        return new ImportedDefinition(definition, about.list());
    }

    private ObjectNode action(String name, ImportChoice choice, SchemaConversion schemas, Warnings about) {
        ApiOperation operation = Objects.requireNonNull(operations.get(name), "bug: the choice was checked");
        try {
            StepKind kind = choice.kinds().getOrDefault(name, ActionMapping.kind(operation));
            Hosts.warnOfOthers(operation, about);
            return new ActionMapping(document, schemas, about).action(operation, kind);
        } catch (NotCarriedException e) {
            throw choice("operation \"" + name + "\" can not be imported: " + e.getMessage());
        }
    }

    private ObjectNode head(ImportChoice choice, Warnings about) {
        String baseUrl = choice.baseUrl()
                .or(() -> Hosts.of(checked, document, about).stream().findFirst())
                .orElseThrow(() -> choice("the document names no whole address of a service: give baseUrl"));
        ObjectNode definition = JsonNodeFactory.instance
                .objectNode()
                .put("slug", choice.slug())
                .put("title", choice.title().orElseGet(this::title));
        if (!description().isEmpty()) {
            definition.put("description", description());
        }
        definition.put("baseUrl", baseUrl);
        String docs = document.root().path("externalDocs").path("url").asText();
        if (docs.matches("https?://[^\\s\"<>\\\\^`{|}]+")) {
            definition.put("docs", docs);
        }
        choice.auth()
                .or(() -> security(choice.slug()).stream()
                        .filter(ImportPreview.Security::chosen)
                        .findFirst()
                        .flatMap(ImportPreview.Security::auth))
                .ifPresent(auth -> definition.set("auth", auth));
        return definition;
    }

    /** Why operations can not be imported, by name; conversions of schemas warn meanwhile. */
    private Map<String, String> problems() {
        SchemaConversion schemas = new SchemaConversion(document, warnings);
        Map<String, String> problems = new LinkedHashMap<>();
        operations.forEach((name, operation) -> {
            try {
                Hosts.warnOfOthers(operation, warnings);
                new ActionMapping(document, schemas, warnings).action(operation, ActionMapping.kind(operation));
            } catch (NotCarriedException e) {
                problems.put(name, String.valueOf(e.getMessage()));
            }
        });
        schemas.shared();
        return problems;
    }

    /** At most so many, reads before writes, nothing that is on its way out. */
    private Set<String> chosen(Map<String, String> problems) {
        Set<String> usable = new HashSet<>(operations.keySet());
        usable.removeAll(problems.keySet());
        operations.forEach((name, operation) -> {
            if (operation.isDeprecated()) {
                usable.remove(name);
            }
        });
        Set<String> first = new HashSet<>();
        for (boolean get : new boolean[] {true, false}) {
            operations.forEach((name, operation) -> {
                if (usable.contains(name) && operation.method().equals("GET") == get && first.size() < MOST_CHOSEN) {
                    first.add(name);
                }
            });
        }
        return operations.keySet().stream()
                .filter(first::contains)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private List<ImportPreview.Security> security(String slug) {
        return new SecurityMapping(document, List.copyOf(operations.values()), slug, warnings).list(checked);
    }

    private void warnOfTheRest() {
        if (!document.root().path("webhooks").isEmpty()) {
            warnings.add("webhooks", "are not imported: actions call, they are not called");
        }
        operations.values().stream()
                .filter(operation -> !operation.node().path("callbacks").isEmpty())
                .forEach(operation -> warnings.add(operation.place() + ".callbacks", "are not imported"));
    }

    private String title() {
        String title = CheckedModel.text(checked.info().getTitle())
                .orElse("Imported API")
                .replaceAll("\\s+", " ");
        return title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE);
    }

    private String description() {
        String said = CheckedModel.text(checked.info().getDescription()).orElse("");
        return said.length() <= LONGEST_DESCRIPTION ? said : said.substring(0, LONGEST_DESCRIPTION - 1) + "…";
    }

    private String slug() {
        String words = title().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String shortened = words.substring(0, Math.min(LONGEST_SLUG, words.length()));
        String slug = shortened.replaceAll("^[-0-9]+|-+$", "");
        return slug.isEmpty() ? "imported-api" : slug;
    }

    private void requireKnown(Iterable<String> names, String what) {
        for (String name : names) {
            if (!operations.containsKey(name)) {
                throw choice(what + " \"" + name + "\" is not an action of the document's preview");
            }
        }
    }

    private static FastnException choice(String what) {
        return new FastnException(ErrorCode.OPENAPI_CHOICE, "OpenAPI import: " + what);
    }
}
