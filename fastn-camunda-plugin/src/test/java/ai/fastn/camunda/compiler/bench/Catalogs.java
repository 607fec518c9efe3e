package ai.fastn.camunda.compiler.bench;

import ai.fastn.camunda.effect.EffectCatalog;
import ai.fastn.camunda.effect.EffectCatalog.ActionEntry;
import ai.fastn.camunda.effect.EffectCatalog.ConnectorEntry;
import ai.fastn.camunda.workflow.StepKind;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The connectors of the tests. */
public final class Catalogs {

    private static final Pattern ACTION = Pattern.compile("(\\w+)(!?)(?:\\(([\\w,*]*)\\))?:(.+)");

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
                            connector(
                                    "courier",
                                    "courier",
                                    "Courier",
                                    "track(language,parcelId):Track parcel",
                                    "ping():Ping",
                                    "book!(note,parcelId*,service*):Book"),
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

    /**
     * {@code track!:Track parcel}; the exclamation mark of a write; {@code track(id*,language):Track parcel}, where the
     * star says that it must be there.
     */
    private static ActionEntry action(String text) {
        Matcher matcher = ACTION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        return new ActionEntry(
                matcher.group(1),
                matcher.group(4),
                matcher.group(2).isEmpty() ? StepKind.READ : StepKind.WRITE,
                Optional.ofNullable(matcher.group(3))
                        .map(names ->
                                names(names).map(name -> name.replace("*", "")).toList()),
                Optional.ofNullable(matcher.group(3)).stream()
                        .flatMap(Catalogs::names)
                        .filter(name -> name.endsWith("*"))
                        .map(name -> name.replace("*", ""))
                        .toList());
    }

    private static Stream<String> names(String list) {
        return Stream.of(list.split(",", -1)).filter(name -> !name.isEmpty());
    }
}
