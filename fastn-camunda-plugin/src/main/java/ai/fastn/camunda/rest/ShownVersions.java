package ai.fastn.camunda.rest;

import ai.fastn.camunda.access.Caller;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.flow.Manifest;
import ai.fastn.camunda.flow.WorkflowDocs.Change;
import ai.fastn.camunda.lifecycle.PublishedVersion;
import ai.fastn.camunda.lifecycle.Workflow;
import ai.fastn.camunda.lifecycle.Workflow.Deployed;
import ai.fastn.camunda.lifecycle.Workflows;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the version that a request is about. */
final class ShownVersions {

    private static final String DRAFT = "draft";
    private static final String ACROSS = "left-to-right";
    private static final String DOWN = "top-to-bottom";

    /** So many versions back. */
    private static final int LOOKED_AT = 20;

    private final Workflows workflows;

    ShownVersions(Workflows workflows) {
        this.workflows = workflows;
    }

    /**
     * The version.
     *
     * @param asked a number or {@code draft}; null for the deployed version, else the latest
     * @throws FastnException NOT_PUBLISHED when none is asked for and none is published
     */
    ShownVersion find(Caller caller, String slug, @Nullable String asked) {
        WorkflowSlug name = Requests.slug(slug);
        Workflow workflow = workflows.get(caller.tenant(), name);
        if (DRAFT.equals(asked)) {
            return new ShownVersion(
                    name,
                    DRAFT,
                    workflow.source(),
                    workflow.configuration(),
                    workflows.draftBpmn(caller.tenant(), name));
        }
        int number = asked == null ? usual(workflow) : number(asked);
        PublishedVersion version = workflows.version(caller.tenant(), name, number);
        return new ShownVersion(
                name, Integer.toString(number), version.source(), version.configuration(), version.bpmn());
    }

    /**
     * The version as a picture.
     *
     * @param orientation {@code left-to-right}, which is how it is deployed, or {@code top-to-bottom}
     */
    ShownVersion draw(Caller caller, String slug, @Nullable String asked, @Nullable String orientation) {
        ShownVersion shown = find(caller, slug, asked);
        return switch (orientation == null ? ACROSS : orientation) {
            case ACROSS -> shown;
            case DOWN -> shown.with(Workflows.drawnTall(shown.bpmn()));
            default ->
                throw new FastnException(
                        ErrorCode.REQUEST_FIELD,
                        "parameter \"orientation\" is \"" + orientation + "\": " + ACROSS + " or " + DOWN
                                + " is expected");
        };
    }

    private static int usual(Workflow workflow) {
        return workflow.deployment()
                .map(Deployed::version)
                .or(workflow::latestVersion)
                .orElseThrow(() -> new FastnException(
                        ErrorCode.NOT_PUBLISHED,
                        "workflow \"" + workflow.slug() + "\" has no published version, so no BPMN yet"));
    }

    private static int number(String asked) {
        if (!asked.matches("\\d{1,9}")) {
            throw new FastnException(
                    ErrorCode.REQUEST_FIELD,
                    "version \"" + asked + "\" is neither the number of a version nor \"" + DRAFT + "\"");
        }
        return Integer.parseInt(asked);
    }

    /** The versions before one, the newest first, as far as they are looked at; the deployed one in any case. */
    List<Manifest.Other> others(Caller caller, ShownVersion shown) {
        Workflow workflow = workflows.get(caller.tenant(), shown.slug());
        int before = shown.label().equals(DRAFT) ? Integer.MAX_VALUE : number(shown.label());
        int deployed = workflow.deployment().map(Deployed::version).orElse(before);
        int latest = Math.min(workflow.latestVersion().orElse(0), before - 1);
        return Stream.concat(
                        Stream.of(deployed).filter(number -> number != before && number > latest),
                        Stream.iterate(latest, number -> number > 0, number -> number - 1)
                                .filter(number -> number > latest - LOOKED_AT || number == deployed))
                .map(number -> new Manifest.Other(
                        number,
                        workflows.version(caller.tenant(), shown.slug(), number).bpmn(),
                        number == deployed))
                .toList();
    }

    /** The published versions, the newest first. */
    List<Change> changes(Caller caller, String slug) {
        WorkflowSlug name = Requests.slug(slug);
        Optional<Integer> deployed =
                workflows.get(caller.tenant(), name).deployment().map(Deployed::version);
        return workflows.versions(caller.tenant(), name).stream()
                .map(version -> new Change(
                        version.version(),
                        version.publishedAt(),
                        version.publishedBy(),
                        deployed.filter(number -> number == version.version()).isPresent()))
                .sorted(Comparator.comparingInt(Change::version).reversed())
                .toList();
    }
}
