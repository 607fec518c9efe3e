package ai.fastn.camunda.effect.mock;

import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.EffectCatalog;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.RunMocks;
import ai.fastn.camunda.effect.Scenario;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.TenantId;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checks what somebody wants to start a run with. */
public final class MockDocuments {

    /** Characters. */
    static final int LONGEST = 4 << 20;

    private final Map<String, Effect> effects;
    private final Function<TenantId, EffectCatalog> catalogs;

    /** @param catalogs the connectors of a tenant */
    public MockDocuments(List<Effect> effects, Function<TenantId, EffectCatalog> catalogs) {
        this.effects = effects.stream().collect(Collectors.toUnmodifiableMap(Effect::family, Function.identity()));
        this.catalogs = catalogs;
    }

    /**
     * Checks a document.
     *
     * @param json one JSON value
     * @throws ai.fastn.camunda.diagnostic.FastnException MOCKS with the JSON pointer of the first mistake
     */
    public RunMocks checked(TenantId tenant, String json) {
        MockNode document = new MockNode("/mocks", MockJson.read(json));
        if (json.length() > LONGEST) {
            throw document.wrong("has " + json.length() + " characters: at most " + LONGEST + " are expected");
        }
        JsonNode node = document.node();
        MocksReader reader = new MocksReader(
                new CallNames(catalogs.apply(tenant))::checked, (call, scenario) -> knows(tenant, call, scenario));
        Mocks mocks = reader.read(document);
        return new RunMocks(mocks.others().mode(), MockJson.write(node), false);
    }

    private boolean knows(TenantId tenant, String call, Scenario scenario) {
        EffectRequest request = new EffectRequest(call, "{}");
        Effect effect = effects.get(request.family());
        return effect != null
                && effect.imitated(request, scenario, tenant, ConnectorVersions.NONE)
                        .isPresent();
    }
}
