package ai.fastn.camunda.effect.connector.connection;

import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What may be shown of a tenant's access to a service.
 *
 * @param environment empty: for every environment
 * @param connector slug of the definition
 * @param managed whether the operator gave the definition
 * @param label what authors and people call it
 * @param method as definition files name it: {@code bearer}, {@code oauth2Code}...
 * @param account whose account it is, where the service said so
 * @param settings values that are not secret
 * @param ownApp made with an OAuth app of the tenant (true) or of the operator (false); empty: with none
 * @param expiresAt end of its token
 * @param renewAt when a new token is asked for
 * @param isDefault whether calls that name no connection use it
 * @param version changed with every change of its secrets
 */
public record Connection(
        String id,
        TenantId tenant,
        Optional<Environment> environment,
        String connector,
        boolean managed,
        String label,
        String method,
        Optional<String> account,
        Map<String, String> settings,
        Optional<Boolean> ownApp,
        List<String> scopes,
        Optional<Instant> expiresAt,
        Optional<Instant> renewAt,
        ConnectionStatus status,
        boolean isDefault,
        Optional<Instant> lastVerified,
        long version,
        Instant updatedAt,
        String updatedBy) {

    public Connection {
        settings = Map.copyOf(settings);
        scopes = List.copyOf(scopes);
    }

    /** The same, working, with what is known of new tokens. */
    Connection with(Tokens tokens, Instant now) {
        return copy(
                label,
                tokens.account().or(() -> account),
                settings,
                new Grant(ownApp, tokens.scopes().orElse(scopes), tokens.expiresAt(now), tokens.renewAt(now)),
                ConnectionStatus.ACTIVE,
                isDefault);
    }

    /** The same after a change; new secrets are worth a try. */
    Connection with(ConnectionChange change) {
        ConnectionStatus changed = change.active()
                .map(active -> active ? ConnectionStatus.ACTIVE : ConnectionStatus.INACTIVE)
                .orElse(change.fields().isEmpty() ? status : ConnectionStatus.ACTIVE);
        return copy(
                change.label().orElse(label), account, change.settings().orElse(settings), grant(), changed, isDefault);
    }

    /** The same, about to be connected again. */
    Connection madeWith(boolean own, List<String> asked) {
        return copy(
                label, account, settings, new Grant(Optional.of(own), asked, expiresAt, renewAt), status, isDefault);
    }

    Connection asDefault(boolean chosen) {
        return copy(label, account, settings, grant(), status, chosen);
    }

    boolean isFresh(Instant now) {
        return renewAt.map(now::isBefore).orElse(true);
    }

    private Grant grant() {
        return new Grant(ownApp, scopes, expiresAt, renewAt);
    }

    private Connection copy(
            String named,
            Optional<String> owner,
            Map<String, String> values,
            Grant grant,
            ConnectionStatus now,
            boolean chosen) {
        return new Connection(
                id,
                tenant,
                environment,
                connector,
                managed,
                named,
                method,
                owner,
                values,
                grant.app(),
                grant.allowed(),
                grant.end(),
                grant.renewal(),
                now,
                chosen,
                lastVerified,
                version,
                updatedAt,
                updatedBy);
    }

    /** What an authorization server allowed. */
    private record Grant(
            Optional<Boolean> app, List<String> allowed, Optional<Instant> end, Optional<Instant> renewal) {}
}
