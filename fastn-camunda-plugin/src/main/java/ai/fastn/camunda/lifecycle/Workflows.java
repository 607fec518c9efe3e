package ai.fastn.camunda.lifecycle;

import ai.fastn.camunda.compiler.Compilation;
import ai.fastn.camunda.compiler.CompilerInput;
import ai.fastn.camunda.compiler.WorkflowCompiler;
import ai.fastn.camunda.diagnostic.Diagnostic;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectCatalog;
import ai.fastn.camunda.lifecycle.Workflow.Deployed;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.springframework.transaction.support.TransactionTemplate;

/** Create, Save, Publish and Deploy; each call is one transaction. */
public final class Workflows {

    /** Largest source, in bytes of UTF-8. */
    static final int LARGEST_SOURCE = 1_000_000;

    private final WorkflowStore store;
    private final WorkflowCompiler compiler;
    private final BiFunction<TenantId, ConnectorVersions, EffectCatalog> catalogs;
    private final Deployments deployments;
    private final TransactionTemplate transaction;

    public Workflows(
            WorkflowStore store,
            WorkflowCompiler compiler,
            BiFunction<TenantId, ConnectorVersions, EffectCatalog> catalogs,
            Deployments deployments,
            TransactionTemplate transaction) {
        this.store = store;
        this.compiler = compiler;
        this.catalogs = catalogs;
        this.deployments = deployments;
        this.transaction = transaction;
    }

    public List<Workflow> list(TenantId tenant) {
        return store.list(tenant);
    }

    /** The workflow; WORKFLOW_UNKNOWN when there is none. */
    public Workflow get(TenantId tenant, WorkflowSlug slug) {
        return store.find(tenant, slug).orElseThrow(() -> unknown(slug));
    }

    /**
     * Keeps the draft; a source with mistakes is kept too. The published versions stay as they are.
     *
     * @throws FastnException CONNECTOR_VERSION_UNKNOWN where the configuration names a version that does not exist
     */
    public Workflow save(TenantId tenant, WorkflowSlug slug, Draft draft, Author author) {
        checkSize(slug, draft);
        requireVersions(tenant, draft);
        return transaction.execute(status -> {
            if (!store.create(tenant, slug, draft, author)) {
                Workflow stored = store.lock(tenant, slug).orElseThrow(() -> unknown(slug));
                checkBase(stored, draft);
                store.replaceDraft(tenant, slug, draft, author);
                switchStatus(stored, draft);
            }
            return get(tenant, slug);
        });
    }

    /** A catalog of versions that do not exist can not be made. */
    private void requireVersions(TenantId tenant, Draft draft) {
        ConnectorVersions wanted = draft.configuration().connectors();
        if (!wanted.isEmpty()) {
            EffectCatalog unused = catalogs.apply(tenant, wanted);
        }
    }

    /** The mistakes of the draft, in the order of the text; empty when it compiles. */
    public List<Diagnostic> diagnose(Workflow workflow) {
        return compile(workflow, workflow.latestVersion().orElse(0)) instanceof Compilation.Rejected rejected
                ? rejected.diagnostics()
                : List.of();
    }

    /**
     * Makes the draft the next immutable version. A draft that is the latest version, code, configuration and BPMN
     * alike, makes no new one.
     *
     * @throws DoesNotCompileException when the source has mistakes
     */
    public Publication publish(TenantId tenant, WorkflowSlug slug, Author author) {
        return transaction.execute(status -> {
            Workflow workflow = store.lock(tenant, slug).orElseThrow(() -> unknown(slug));
            Optional<PublishedVersion> latest = workflow.latestVersion().map(number -> version(tenant, slug, number));
            if (latest.isPresent() && isDraft(workflow, latest.get())) {
                return publication(latest.get(), true);
            }
            int version = workflow.latestVersion().orElse(0) + 1;
            store.addVersion(workflow, version, bpmnOf(workflow, version), author);
            return publication(version(tenant, slug, version), false);
        });
    }

    private boolean isDraft(Workflow workflow, PublishedVersion version) {
        return version.source().equals(workflow.source())
                && version.configuration().equals(workflow.configuration())
                && version.bpmn().equals(bpmnOf(workflow, version.version()));
    }

    private static Publication publication(PublishedVersion version, boolean unchanged) {
        return new Publication(version.version(), version.publishedAt(), version.publishedBy(), unchanged);
    }

    /** A published version; VERSION_UNKNOWN when there is none. */
    public PublishedVersion version(TenantId tenant, WorkflowSlug slug, int version) {
        return store.version(tenant, slug, version)
                .orElseThrow(() -> new FastnException(
                        ErrorCode.VERSION_UNKNOWN, "workflow \"" + slug + "\" has no version " + version));
    }

    /** Names of these workflows; one that does not exist has no entry. */
    public Map<WorkflowSlug, String> names(TenantId tenant, Collection<WorkflowSlug> slugs) {
        return store.names(tenant, slugs);
    }

    /** All published versions, newest first. */
    public List<Publication> versions(TenantId tenant, WorkflowSlug slug) {
        get(tenant, slug);
        return store.versions(tenant, slug);
    }

    /**
     * Makes a version the one that handles runs; deploying an older one rolls back. Running executions stay on theirs.
     */
    public Deployed deploy(TenantId tenant, WorkflowSlug slug, int version) {
        return transaction.execute(status -> {
            Workflow workflow = store.lock(tenant, slug).orElseThrow(() -> unknown(slug));
            Deployed deployed = deployments.deploy(workflow, version(tenant, slug, version));
            store.setDeployed(tenant, slug, deployed);
            return deployed;
        });
    }

    /**
     * The process that publishing the draft would give, without a version tag.
     *
     * @throws DoesNotCompileException when the source has mistakes
     */
    public String draftBpmn(TenantId tenant, WorkflowSlug slug) {
        return bpmnOf(get(tenant, slug), 0);
    }

    /** A process of a workflow with its diagram from top to bottom; all else in it stays as it is. */
    public static String drawnTall(String bpmn) {
        return WorkflowCompiler.drawnTall(bpmn);
    }

    /** The newest published version. */
    public int latestVersion(TenantId tenant, WorkflowSlug slug) {
        return get(tenant, slug)
                .latestVersion()
                .orElseThrow(() -> new FastnException(
                        ErrorCode.NOT_PUBLISHED,
                        "workflow \"" + slug + "\" has no published version: publish it before deploying"));
    }

    private String bpmnOf(Workflow workflow, int version) {
        Compilation compilation = compile(workflow, version);
        if (compilation instanceof Compilation.Compiled compiled) {
            return compiled.bpmn();
        }
        throw new DoesNotCompileException(
                workflow.slug(), workflow.source(), ((Compilation.Rejected) compilation).diagnostics());
    }

    private Compilation compile(Workflow workflow, int version) {
        return compiler.compile(new CompilerInput(
                workflow.source(),
                workflow.slug(),
                version,
                workflow.configuration(),
                catalogs.apply(workflow.tenant(), workflow.configuration().connectors())));
    }

    private void switchStatus(Workflow stored, Draft draft) {
        if (stored.deployment().isPresent()
                && stored.configuration().enabled() != draft.configuration().enabled()) {
            deployments.setEnabled(stored, draft.configuration().enabled());
        }
    }

    private static void checkSize(WorkflowSlug slug, Draft draft) {
        int bytes = draft.source().text().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LARGEST_SOURCE) {
            throw new FastnException(
                    ErrorCode.SOURCE_TOO_LARGE,
                    "code of workflow \"" + slug + "\" has " + bytes + " bytes; at most " + LARGEST_SOURCE
                            + " are kept");
        }
    }

    private static void checkBase(Workflow stored, Draft draft) {
        draft.base().ifPresent(base -> {
            if (base != stored.revision()) {
                throw new FastnException(
                        ErrorCode.DRAFT_CONFLICT,
                        "workflow \"" + stored.slug() + "\" was saved by \"" + stored.updatedBy() + "\" since revision "
                                + base + ": it now has revision " + stored.revision());
            }
        });
    }

    private static FastnException unknown(WorkflowSlug slug) {
        return new FastnException(ErrorCode.WORKFLOW_UNKNOWN, "workflow \"" + slug + "\" does not exist");
    }
}
