package ai.fastn.camunda.flow;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.flow.WorkflowDocs.Connector;
import ai.fastn.camunda.flow.WorkflowDocs.Use;
import ai.fastn.camunda.workflow.ConnectorVersions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * What a version of a workflow touches outside itself, as the compiler has written it into the process, and what it no
 * longer touches. A name with "…" is one whose rest only shows when the workflow runs.
 *
 * @param version a number, or {@code draft}
 * @param connectors by the name the code calls them, with their actions
 * @param hosts that {@code fetch} calls
 * @param settings keys of {@code fastn.envConfig}
 * @param dynamic steps that call connectors, tables, keys or hosts that the source does not show
 * @param stale what other versions touch and this one does not
 */
public record Manifest(
        String slug,
        String version,
        List<Connector> connectors,
        List<Use> tables,
        List<Use> stateKeys,
        List<Use> secrets,
        List<Use> settings,
        List<Use> events,
        List<Use> workflows,
        List<Use> hosts,
        List<Use> dynamic,
        List<Stale> stale) {

    public Manifest {
        connectors = List.copyOf(connectors);
        tables = List.copyOf(tables);
        stateKeys = List.copyOf(stateKeys);
        secrets = List.copyOf(secrets);
        settings = List.copyOf(settings);
        events = List.copyOf(events);
        workflows = List.copyOf(workflows);
        hosts = List.copyOf(hosts);
        dynamic = List.copyOf(dynamic);
        stale = List.copyOf(stale);
    }

    /**
     * Something that is no longer touched.
     *
     * @param what {@code connector}, {@code action}, {@code table}, {@code stateKey}, {@code secret}, {@code setting},
     *     {@code event}, {@code workflow}, {@code host}, or {@code pin}: a version of a connector that the
     *     configuration holds on to
     * @param lastUsedIn the newest version that touches it; null for a pin that none has used
     * @param deployed whether the deployed version touches it, so that it can not be taken away yet
     */
    public record Stale(String what, String name, @Nullable Integer lastUsedIn, boolean deployed) {}

    /** A version to compare with. */
    public record Other(int version, String bpmnXml, boolean deployed) {}

    /** One thing of one kind. */
    private record Thing(String what, String name) {}

    /** Reads the first executable process of a file. */
    public static Manifest read(String bpmnXml, String version) {
        BpmnFile file = BpmnFile.parse(bpmnXml);
        EffectList effects = new EffectList(file);
        return new Manifest(
                file.processes().stream().findFirst().map(BpmnFile::id).orElse(""),
                version,
                effects.connectors(),
                effects.targets("db"),
                effects.targets("state"),
                effects.targets("secrets"),
                effects.targets("envConfig"),
                effects.targets("waitFor"),
                effects.targets("flow"),
                effects.targets("fetch"),
                effects.untold(),
                List.of());
    }

    /**
     * The same with what the other versions touch and this one does not.
     *
     * @param others the newest first
     * @param unusedPins connectors of the configuration that the code does not call
     */
    public Manifest comparedWith(List<Other> others, List<String> unusedPins) {
        Set<Thing> touched = things();
        Set<Thing> deployed = new LinkedHashSet<>();
        List<Stale> found = new ArrayList<>();
        Set<Thing> seen = new LinkedHashSet<>(touched);
        others.stream()
                .filter(Other::deployed)
                .forEach(other -> deployed.addAll(read(other.bpmnXml(), "").things()));
        for (Other other : others) {
            read(other.bpmnXml(), "").things().stream()
                    .filter(seen::add)
                    .map(thing -> new Stale(thing.what(), thing.name(), other.version(), deployed.contains(thing)))
                    .forEach(found::add);
        }
        unusedPins.forEach(slug -> found.add(pin(slug, others)));
        return new Manifest(
                slug,
                version,
                connectors,
                tables,
                stateKeys,
                secrets,
                settings,
                events,
                workflows,
                hosts,
                dynamic,
                found);
    }

    private static Stale pin(String slug, List<Other> others) {
        Optional<Other> last = others.stream()
                .filter(other -> connectorsOf(other.bpmnXml()).contains(slug))
                .findFirst();
        boolean deployed = others.stream()
                .anyMatch(other ->
                        other.deployed() && connectorsOf(other.bpmnXml()).contains(slug));
        return new Stale("pin", slug, last.map(Other::version).orElse(null), deployed);
    }

    /** Connectors whose version a configuration holds on to although the process does not call them, by slug. */
    public static List<String> unusedPins(String bpmnXml, ConnectorVersions pinned) {
        Set<String> called = connectorsOf(bpmnXml);
        return pinned.bySlug().keySet().stream()
                .filter(slug -> !called.contains(slug))
                .toList();
    }

    /** By slug, as far as they have versions. */
    private static Set<String> connectorsOf(String bpmnXml) {
        Set<String> slugs = new LinkedHashSet<>();
        for (Element process : BpmnFile.parse(bpmnXml).processes()) {
            BpmnFile.extensions(process, BpmnFile.CAMUNDA, "property").stream()
                    .map(property -> property.getAttribute("name"))
                    .filter(name -> name.startsWith(FastnBpmn.CONNECTOR))
                    .forEach(name -> slugs.add(name.substring(FastnBpmn.CONNECTOR.length())));
        }
        return slugs;
    }

    private Set<Thing> things() {
        Set<Thing> things = new LinkedHashSet<>();
        connectors.forEach(connector -> {
            things.add(new Thing("connector", connector.name()));
            connector
                    .actions()
                    .forEach(action -> things.add(new Thing("action", connector.name() + "." + action.name())));
        });
        Stream.of(
                        named("table", tables),
                        named("stateKey", stateKeys),
                        named("secret", secrets),
                        named("setting", settings),
                        named("event", events),
                        named("workflow", workflows),
                        named("host", hosts))
                .flatMap(some -> some)
                .forEach(things::add);
        return things;
    }

    private static Stream<Thing> named(String what, List<Use> uses) {
        return uses.stream().map(use -> new Thing(what, use.name()));
    }
}
