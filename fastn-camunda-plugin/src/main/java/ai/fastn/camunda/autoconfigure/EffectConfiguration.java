package ai.fastn.camunda.autoconfigure;

import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.connector.ConnectorCalls;
import ai.fastn.camunda.effect.connector.ConnectorCatalogue;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.effect.connector.ConnectorFiles;
import ai.fastn.camunda.effect.connector.ConnectorRegistry;
import ai.fastn.camunda.effect.connector.EgressGuard;
import ai.fastn.camunda.effect.connector.FetchCalls;
import ai.fastn.camunda.effect.connector.FetchHosts;
import ai.fastn.camunda.effect.connector.SharedCalls;
import ai.fastn.camunda.effect.connector.StoredConnectors;
import ai.fastn.camunda.effect.connector.builtin.BuiltInConnectors;
import ai.fastn.camunda.effect.connector.connection.ConnectionCredentials;
import ai.fastn.camunda.effect.connector.connection.SealedConnections;
import ai.fastn.camunda.effect.db.DbQueries;
import ai.fastn.camunda.effect.db.TenantDatabase;
import ai.fastn.camunda.effect.db.UnconfiguredDb;
import ai.fastn.camunda.effect.mock.MockDocuments;
import ai.fastn.camunda.effect.mock.Recordings;
import ai.fastn.camunda.effect.secret.KeyRotation;
import ai.fastn.camunda.effect.secret.KeyWrapping;
import ai.fastn.camunda.effect.secret.SealedRows;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.effect.secret.Secret;
import ai.fastn.camunda.effect.secret.SecretReads;
import ai.fastn.camunda.effect.secret.SecretStore;
import ai.fastn.camunda.effect.secret.UnattendedRows;
import ai.fastn.camunda.effect.setting.SettingReads;
import ai.fastn.camunda.effect.setting.Settings;
import ai.fastn.camunda.effect.state.SealedState;
import ai.fastn.camunda.effect.state.StateValues;
import ai.fastn.camunda.runtime.SealedRuns;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The {@code fastn.*} functions and what they stand on. */
@Configuration(proxyBeanMethods = false)
class EffectConfiguration {

    @Bean
    Sealing fastnSealing(FastnProperties properties, ObjectProvider<KeyWrapping> service, EffectsPool pool) {
        FastnProperties.Secrets settings = properties.secrets();
        return new Sealing(
                pool.dataSource(), settings.own(service.getIfAvailable()), settings.others(), Clock.systemUTC());
    }

    /** What is sealed with a tenant's old key is sealed again, or waited for. */
    @Bean
    KeyRotation fastnKeyRotation(Sealing sealing, ObjectProvider<SealedRows> rows) {
        return new KeyRotation(sealing, rows.orderedStream().toList(), Clock.systemUTC());
    }

    @Bean
    SealedState fastnSealedState(EffectsPool pool, Sealing sealing) {
        return new SealedState(pool.dataSource(), sealing);
    }

    @Bean
    SealedConnections fastnSealedConnections(EffectsPool pool, Sealing sealing) {
        return new SealedConnections(pool.dataSource(), sealing);
    }

    @Bean
    UnattendedRows fastnUnattendedRows(EffectsPool pool, Sealing sealing) {
        return new UnattendedRows(pool.dataSource(), sealing);
    }

    @Bean
    SealedRuns fastnSealedRuns(EffectsPool pool, Sealing sealing) {
        return new SealedRuns(pool.dataSource(), sealing);
    }

    @Bean
    SecretStore fastnSecretStore(EffectsPool pool, Sealing sealing) {
        return new SecretStore(pool.dataSource(), sealing, new EngineClock());
    }

    @Bean
    SecretReads fastnSecretReads(SecretStore secrets) {
        return new SecretReads(secrets);
    }

    @Bean
    Settings fastnSettings(EffectsPool pool) {
        return new Settings(pool.dataSource(), new EngineClock());
    }

    @Bean
    SettingReads fastnSettingReads(Settings settings) {
        return new SettingReads(settings);
    }

    @Bean
    StateValues fastnStateValues(EffectsPool pool, Sealing sealing) {
        return new StateValues(pool.dataSource(), sealing, new EngineClock());
    }

    /** Closed with the application: its pools hold connections of tenants. */
    @Bean
    @ConditionalOnProperty("fastn.tenants.datasource.url")
    TenantDatabase fastnTenantDatabase(FastnProperties properties, Sealing sealing) {
        FastnProperties.Tenants.Datasource tenants = properties.tenants().datasource();
        PGSimpleDataSource administrator = new PGSimpleDataSource();
        administrator.setUrl(tenants.url());
        administrator.setUser(tenants.username());
        administrator.setPassword(tenants.password());
        return new TenantDatabase(
                administrator, sealing, properties.tenants().limits().limits());
    }

    @Bean
    Effect fastnDb(ObjectProvider<TenantDatabase> tenants, Sealing sealing) {
        TenantDatabase database = tenants.getIfAvailable();
        return database == null ? new UnconfiguredDb() : new DbQueries(database, sealing);
    }

    /** Closed with the application: it holds pools of other databases. */
    @Bean
    @ConditionalOnProperty(name = "fastn.connectors.builtin", havingValue = "true", matchIfMissing = true)
    BuiltInConnectors fastnBuiltInConnectors(
            BuiltInProperties builtIn, EgressGuard guard, SecretStore secrets, ObjectProvider<ProcessEngine> engine) {
        return new BuiltInConnectors(
                builtIn.settings(),
                guard,
                (scope, name) ->
                        secrets.get(scope.tenant(), scope.environment(), name).map(Secret::value),
                engine::getObject);
    }

    @Bean
    CodeConnectors fastnCodeConnectors(ListableBeanFactory beans, ObjectProvider<BuiltInConnectors> builtIn) {
        return new CodeConnectors(
                CodeConnectors.beansOf(beans),
                builtIn.stream()
                        .flatMap(installed -> installed.definitions().stream())
                        .toList());
    }

    @Bean
    ConnectorRegistry fastnConnectors(
            FastnProperties properties,
            CodeConnectors code,
            EffectsPool pool,
            org.springframework.core.env.Environment environment) {
        StoredConnectors stored = new StoredConnectors(pool.dataSource());
        String directory = properties.connectors().directory();
        ConnectorFiles files = new ConnectorFiles(environment::resolveRequiredPlaceholders);
        List<ConnectorDefinition> own = directory == null ? List.of() : files.readDirectory(Path.of(directory));
        List<ConnectorDefinition> managed = Stream.concat(
                        own.stream(),
                        ConnectorCatalogue.chosen(properties.connectors().catalogue(), own).stream())
                .toList();
        return new ConnectorRegistry(
                code.with(managed), directory == null ? Map.of() : files.readTenants(Path.of(directory)), stored);
    }

    @Bean
    EgressGuard fastnEgressGuard(FastnProperties properties) {
        return properties.egress().guard();
    }

    @Bean
    SharedCalls fastnSharedCalls(EffectsPool pool) {
        return new SharedCalls(pool.dataSource());
    }

    @Bean
    ConnectorCalls fastnConnectorCalls(
            ConnectorRegistry connectors,
            ConnectionCredentials credentials,
            SecretStore secrets,
            EgressGuard guard,
            SharedCalls shared) {
        return new ConnectorCalls(connectors, credentials, secrets, guard, shared);
    }

    @Bean
    FetchCalls fastnFetch(FastnProperties properties, EgressGuard guard) {
        return new FetchCalls(guard, FetchHosts.of(properties.egress().fetchHosts()));
    }

    @Bean
    Recordings fastnRecordings(EffectsPool pool) {
        return new Recordings(pool.dataSource());
    }

    @Bean
    MockDocuments fastnMockDocuments(List<Effect> effects, ConnectorRegistry connectors) {
        return new MockDocuments(effects, connectors::catalogOf);
    }
}
