package ai.fastn.camunda.effect.connector.connection;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.connector.ConnectorAuth;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.effect.connector.ConnectorRegistry;
import ai.fastn.camunda.effect.connector.CredentialSource;
import ai.fastn.camunda.effect.connector.Credentials;
import ai.fastn.camunda.effect.connector.FieldCredentials;
import ai.fastn.camunda.effect.connector.NamedSecrets;
import ai.fastn.camunda.effect.secret.SecretStore;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The credentials of the connection that a call uses: the named one, else the default of the environment, else the
 * default for all environments, else the secrets that the definition names. Read anew for each call.
 */
public final class ConnectionCredentials implements CredentialSource {

    /** Fields that are shown to anybody who may see the account. */
    private static final Set<String> NOT_SECRET = Set.of("username", "clientId");

    private final ConnectorRegistry registry;
    private final ConnectionStore store;
    private final Renewals renewals;
    private final SecretStore secrets;
    private final Clock clock;

    public ConnectionCredentials(
            ConnectorRegistry registry, ConnectionStore store, Renewals renewals, SecretStore secrets, Clock clock) {
        this.registry = registry;
        this.store = store;
        this.renewals = renewals;
        this.secrets = secrets;
        this.clock = clock;
    }

    @Override
    public Credentials of(ConnectorDefinition definition, Optional<String> connection, EffectScope scope) {
        boolean none = definition.auth() instanceof ConnectorAuth.None && !definition.hasSettings();
        if (connection.isEmpty() && none) {
            return Credentials.NONE;
        }
        ConnectionStore.Place place = new ConnectionStore.Place(
                scope.tenant(), definition.slug(), registry.isManaged(definition), scope.environment());
        Optional<Opened> found = store.find(place, connection);
        if (found.isPresent()) {
            Opened usable = requireUsable(found.get());
            ConnectorDefinition said = definition.saidBy(usable.connection().settings());
            return of(said, usable, scope.remaining());
        }
        connection.ifPresent(name -> {
            throw unknown(name, place);
        });
        boolean optional = definition.auth().namesSecrets()
                || (definition.auth().isOptional() && definition.goesWhereSettingsSay());
        if (optional && definition.connection().baseUrl().isEmpty()) {
            return NamedSecrets.of(definition.auth(), secrets, scope);
        }
        throw missing(place);
    }

    private Credentials of(ConnectorDefinition definition, Opened opened, Duration limit) {
        Optional<Credential> token = tokenOf(definition.auth());
        if (token.isEmpty()) {
            return fields(definition, opened);
        }
        Opened fresh = opened.accessToken().isPresent() && opened.connection().isFresh(clock.instant())
                ? opened
                : renewals.renewed(definition, opened, limit);
        return header(definition, fresh, token.get())
                .renewedBy(rejected ->
                        Optional.of(header(definition, renewals.renewed(definition, fresh, limit), token.get())));
    }

    private static Credentials header(ConnectorDefinition definition, Opened opened, Credential token) {
        return FieldCredentials.ofToken(
                token.header(),
                token.prefix(),
                opened.accessToken().orElseThrow(),
                fields(definition, opened),
                opened.connection().label());
    }

    private static Credentials fields(ConnectorDefinition definition, Opened opened) {
        Map<String, String> names = new LinkedHashMap<>();
        opened.fields().keySet().stream()
                .filter(field -> !NOT_SECRET.contains(field))
                .forEach(field -> names.put(field, opened.connection().label() + "." + field));
        return FieldCredentials.of(
                        definition.auth(),
                        opened.fields(),
                        names,
                        opened.connection().settings())
                .of(opened.connection().id());
    }

    private static Optional<Credential> tokenOf(ConnectorAuth auth) {
        if (auth instanceof ConnectorAuth.OAuth2 oauth) {
            return Optional.of(
                    new Credential(oauth.terms().header(), oauth.terms().prefix()));
        }
        return auth instanceof ConnectorAuth.CustomLogin login
                ? Optional.of(
                        new Credential(login.recipe().header(), login.recipe().prefix()))
                : Optional.empty();
    }

    static Opened requireUsable(Opened opened) {
        Connection connection = opened.connection();
        if (connection.status() == ConnectionStatus.INACTIVE) {
            throw new FastnException(
                    ErrorCode.CONNECTION_INACTIVE, "connection \"" + connection.label() + "\" is switched off");
        }
        if (connection.status() == ConnectionStatus.EXPIRED) {
            throw expired(connection);
        }
        return opened;
    }

    static FastnException expired(Connection connection) {
        return new FastnException(
                ErrorCode.CONNECTION_EXPIRED,
                "connection \"" + connection.label()
                        + "\" has expired: the service no longer accepts it; connect it again");
    }

    private FastnException unknown(String name, ConnectionStore.Place place) {
        List<String> labels = store.labels(place);
        return new FastnException(
                ErrorCode.CONNECTION_UNKNOWN,
                "connection \"" + name + "\" of connector \"" + place.connector()
                        + "\" does not exist in environment \""
                        + place.environment() + "\"; there "
                        + (labels.isEmpty() ? "is none" : "are " + String.join(", ", labels)));
    }

    private static FastnException missing(ConnectionStore.Place place) {
        return new FastnException(
                ErrorCode.CONNECTION_MISSING,
                "connector \"" + place.connector() + "\" has no default connection in environment \""
                        + place.environment() + "\"");
    }

    /** Where a token stands. */
    private record Credential(String header, String prefix) {}
}
