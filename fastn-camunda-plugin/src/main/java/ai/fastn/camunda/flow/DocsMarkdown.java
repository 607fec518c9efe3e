package ai.fastn.camunda.flow;

import static ai.fastn.camunda.flow.Markdown.code;
import static ai.fastn.camunda.flow.Markdown.text;

import ai.fastn.camunda.flow.FlowGraph.EdgeKind;
import ai.fastn.camunda.flow.WorkflowDocs.Origin;
import ai.fastn.camunda.flow.WorkflowDocs.Use;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The reference of a workflow as a page of Markdown, with its steps and its picture. */
final class DocsMarkdown {

    private final WorkflowDocs docs;
    private final FlowGraph flow;
    private final StringBuilder page = new StringBuilder();

    private DocsMarkdown(WorkflowDocs docs, FlowGraph flow) {
        this.docs = docs;
        this.flow = flow;
    }

    static String of(WorkflowDocs docs, FlowGraph flow) {
        return new DocsMarkdown(docs, flow).write();
    }

    private String write() {
        page.append("# ").append(text(docs.name())).append("\n\n");
        if (!docs.purpose().isBlank()) {
            page.append(Markdown.paragraphs(docs.purpose())).append("\n\n");
        }
        writeFacts();
        section(
                "Trigger",
                docs.triggers(),
                trigger -> text(trigger.name())
                        + (trigger.how().equals("none") ? "" : ", " + trigger.how())
                        + (trigger.detail().isEmpty() ? "" : " " + code(trigger.detail())));
        section("Input", docs.input(), Markdown::code);
        section(
                "Result",
                docs.results(),
                result -> text(result.name().isEmpty() ? "Done" : result.name()) + ": "
                        + (result.members().isEmpty() ? code(result.code()) : names(result.members())));
        section(
                "Connectors",
                docs.connectors(),
                connector -> code(connector.name()) + ": "
                        + connector.actions().stream().map(DocsMarkdown::use).collect(Collectors.joining(", ")));
        section("Tables", docs.tables(), DocsMarkdown::use);
        section("State", docs.stateKeys(), DocsMarkdown::use);
        section("Secrets", docs.secrets(), Markdown::code);
        section("Settings", docs.settings(), use -> code(use.name()));
        section("Hosts", docs.hosts(), DocsMarkdown::use);
        section("Called workflows", docs.workflows(), use -> code(use.name()));
        section("Events waited for", docs.events(), use -> code(use.name()));
        section(
                "Other steps",
                docs.work(),
                work -> text(work.name().isEmpty() ? work.id() : work.name()) + " (" + text(work.type()) + ")"
                        + (work.performer().isEmpty() ? "" : ": " + code(work.performer())));
        section(
                "Errors",
                docs.errors(),
                thrown -> text(thrown.name().isEmpty() ? thrown.id() : thrown.name())
                        + (thrown.code().isEmpty() ? "" : " " + code(thrown.code())));
        section(
                "Error paths",
                docs.errorPaths(),
                path -> text(path.fromName()) + ", " + text(path.label().isEmpty() ? path.kind() : path.label()) + " → "
                        + text(path.toName()));
        writeSteps();
        page.append("## Flow\n\n")
                .append(Markdown.block("mermaid", Mermaid.of(flow)))
                .append('\n');
        section(
                "Versions",
                docs.changes(),
                change -> "v" + change.version() + (change.deployed() ? " (deployed)" : "") + ", "
                        + change.publishedAt() + ", " + text(change.publishedBy()));
        return page.toString().stripTrailing() + "\n";
    }

    private void writeFacts() {
        fact("Slug", code(docs.slug()));
        fact("Version", docs.version().isEmpty() ? "draft" : text(docs.version()));
        fact(
                "Made",
                switch (docs.origin()) {
                    case COMPILED -> "from code";
                    case DETACHED -> "from code, then changed by hand: a detached copy";
                    case MODELLED -> "by hand";
                });
        String tier = docs.tier();
        fact("Tier", tier == null ? "" : text(tier.charAt(0) + tier.substring(1).toLowerCase(Locale.ROOT)));
        fact("Execution timeout", spoken(docs.timeoutMs()));
        if (docs.origin() != Origin.MODELLED || docs.retry().maxAttempts() > 1) {
            fact("Retry", retry());
        }
        fact(
                "Runs at once",
                docs.concurrency().runs() == null ? "" : text(docs.concurrency().runs()));
        fact(
                "Runs per key at once",
                docs.concurrency().key() == null
                        ? ""
                        : docs.concurrency().runsPerKey() + " by "
                                + code(docs.concurrency().key()));
        page.append('\n');
    }

    private String retry() {
        return docs.retry().maxAttempts() == 1
                ? "off"
                : docs.retry().maxAttempts() + " attempts, waits "
                        + docs.retry().waitsMs().stream()
                                .map(DocsMarkdown::spoken)
                                .collect(Collectors.joining(", "));
    }

    private void fact(String name, String value) {
        if (!value.isEmpty()) {
            page.append("- ").append(name).append(": ").append(value).append('\n');
        }
    }

    private <T> void section(String title, List<T> things, Function<T, String> line) {
        if (!things.isEmpty()) {
            page.append("## ").append(title).append("\n\n");
            things.forEach(thing -> page.append("- ").append(line.apply(thing)).append('\n'));
            page.append('\n');
        }
    }

    private void writeSteps() {
        Sequence sequence = Sequence.of(flow);
        page.append("## Steps\n\n");
        sequence.steps().forEach(step -> write(step, ""));
        sequence.ways().forEach(way -> write(way, ""));
        page.append('\n');
    }

    private void write(Sequence.Step step, String indent) {
        String kind = step.kind() == null ? "" : " " + step.kind();
        page.append("%s- %s%s %s".formatted(indent, step.number(), kind, text(step.name())));
        page.append(step.source() == null ? "" : " (line " + step.source().replaceFirst(":.*", "") + ")");
        page.append(goesOn(step.jump())).append('\n');
        step.steps().forEach(inner -> write(inner, indent + "  "));
        step.ways().forEach(way -> write(way, indent + "  "));
    }

    private void write(Sequence.Way way, String indent) {
        String kind = way.kind() == EdgeKind.NORMAL ? "" : " (" + way.kind().word() + ")";
        page.append("%s- %s %s%s".formatted(indent, way.number(), text(way.label()), kind));
        page.append(goesOn(way.jump())).append('\n');
        way.steps().forEach(step -> write(step, indent + "  "));
    }

    private static String goesOn(Sequence.@Nullable Jump jump) {
        return jump == null ? "" : (jump.back() ? ", repeat from " : ", go on with ") + jump.number();
    }

    private static String use(Use use) {
        return code(use.name())
                + (use.kinds().isEmpty()
                        ? ""
                        : " " + use.kinds().stream().map(Enum::name).collect(Collectors.joining(" and ")));
    }

    private static String names(List<String> names) {
        return names.stream().map(Markdown::code).collect(Collectors.joining(", "));
    }

    private static String spoken(@Nullable Long millis) {
        if (millis == null) {
            return "";
        }
        Duration duration = Duration.ofMillis(millis);
        if (millis % 1000 != 0) {
            return millis + " ms";
        }
        if (duration.toSeconds() % 3600 == 0) {
            return duration.toHours() + " h";
        }
        return duration.toSeconds() % 60 == 0 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }
}
