package ai.fastn.camunda.compiler.bench;

import ai.fastn.camunda.effect.EffectCatalog;
import ai.fastn.camunda.effect.EffectCatalog.ActionEntry;
import ai.fastn.camunda.effect.EffectCatalog.ConnectorEntry;
import ai.fastn.camunda.workflow.StepKind;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The connectors of the tests. */
public final class Catalogs {

    /** {@code probe}, a few connectors with ordinary names, and those of the {@link Business}. */
    public static final EffectCatalog TEST = new EffectCatalog(Stream.concat(
                    Stream.of(
                            connector(
                                    "probe",
                                    "probe",
                                    "Probe",
                                    "read:Read value",
                                    "write!:Write value",
                                    "fail!:Fail",
                                    "flaky!:Try",
                                    "slow:Read slowly",
                                    "count:Read count"),
                            connector(
                                    "hubspot-crm",
                                    "hubspotCrm",
                                    "HubSpot CRM",
                                    "getDeal:Get deal",
                                    "listDeals:List deals",
                                    "updateDeal!:Update deal"),
                            connector(
                                    "gamma",
                                    "gamma",
                                    "Gamma",
                                    "createGeneration!:Create generation",
                                    "getGeneration:Get generation"),
                            connector("mailer", "mailer", "Mailer", "sendMail!:Send mail"),
                            connector(
                                    "warehouse",
                                    "warehouse",
                                    "Warehouse",
                                    "getStock:Get stock",
                                    "reserve!:Reserve stock",
                                    "release!:Release stock")),
                    Business.connectors())
            .collect(Collectors.toUnmodifiableMap(ConnectorEntry::accessor, Function.identity())));

    private Catalogs() {}

    static ConnectorEntry connector(String slug, String accessor, String title, String... actions) {
        return new ConnectorEntry(
                slug,
                accessor,
                title,
                Arrays.stream(actions).map(Catalogs::action).toList(),
                OptionalInt.empty());
    }

    private static ActionEntry action(String text) {
        int colon = text.indexOf(':');
        boolean writes = text.charAt(colon - 1) == '!';
        String name = text.substring(0, writes ? colon - 1 : colon);
        return new ActionEntry(name, text.substring(colon + 1), writes ? StepKind.WRITE : StepKind.READ);
    }
}
