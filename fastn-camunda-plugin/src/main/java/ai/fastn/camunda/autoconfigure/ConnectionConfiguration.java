package ai.fastn.camunda.autoconfigure;

import ai.fastn.camunda.effect.connector.ConnectorCalls;
import ai.fastn.camunda.effect.connector.ConnectorRegistry;
import ai.fastn.camunda.effect.connector.EgressGuard;
import ai.fastn.camunda.effect.connector.GuardedRequests;
import ai.fastn.camunda.effect.connector.connection.ConnectionCredentials;
import ai.fastn.camunda.effect.connector.connection.ConnectionStore;
import ai.fastn.camunda.effect.connector.connection.Connections;
import ai.fastn.camunda.effect.connector.connection.OAuthApps;
import ai.fastn.camunda.effect.connector.connection.OAuthFlow;
import ai.fastn.camunda.effect.connector.connection.Renewals;
import ai.fastn.camunda.effect.connector.connection.TokenClient;
import ai.fastn.camunda.effect.connector.connection.Verification;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.effect.secret.SecretStore;
import ai.fastn.camunda.workflow.Environment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connections of tenants to services. */
@Configuration(proxyBeanMethods = false)
class ConnectionConfiguration {

    @Bean
    ConnectionStore fastnConnectionStore(EffectsPool pool, Sealing sealing) {
        return new ConnectionStore(pool.dataSource(), sealing, new EngineClock());
    }

    @Bean
    OAuthApps fastnOAuthApps(EffectsPool pool, Sealing sealing) {
        return new OAuthApps(pool.dataSource(), sealing, new EngineClock());
    }

    @Bean
    GuardedRequests fastnTokenRequests(EgressGuard guard) {
        return new GuardedRequests(guard);
    }

    @Bean
    TokenClient fastnTokenClient(GuardedRequests requests) {
        return new TokenClient(requests);
    }

    @Bean
    Renewals fastnRenewals(ConnectionStore store, OAuthApps apps, TokenClient tokens) {
        return new Renewals(store, apps, tokens, new EngineClock());
    }

    @Bean
    ConnectionCredentials fastnConnectionCredentials(
            ConnectorRegistry connectors, ConnectionStore store, Renewals renewals, SecretStore secrets) {
        return new ConnectionCredentials(connectors, store, renewals, secrets, new EngineClock());
    }

    @Bean
    Connections fastnConnections(
            ConnectorRegistry connectors,
            ConnectionStore store,
            OAuthApps apps,
            TokenClient tokens,
            Renewals renewals) {
        return new Connections(connectors, store, apps, tokens, renewals);
    }

    @Bean
    Verification fastnVerification(
            Connections connections, ConnectionStore store, ConnectorCalls calls, FastnProperties properties) {
        return new Verification(
                connections, store, calls, new Environment(properties.environment()), new EngineClock());
    }

    @Bean
    OAuthFlow fastnOAuthFlow(
            ConnectorRegistry connectors,
            Connections connections,
            OAuthApps apps,
            TokenClient tokens,
            EffectsPool pool,
            Sealing sealing) {
        return new OAuthFlow(connectors, connections, apps, tokens, pool.dataSource(), sealing, new EngineClock());
    }
}
