package ai.fastn.camunda.autoconfigure;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.connector.EgressGuard;
import ai.fastn.camunda.effect.connector.TrustedCertificates;
import ai.fastn.camunda.effect.db.DbLimits;
import ai.fastn.camunda.effect.secret.KeyWrapping;
import ai.fastn.camunda.effect.secret.MasterKey;
import ai.fastn.camunda.effect.secret.MasterKeyFile;
import ai.fastn.camunda.engine.LaneSettings;
import ai.fastn.camunda.runtime.SecretsOutput;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;

/**
 * Settings of an installation, prefix {@code fastn}.
 *
 * @param environment the environment this installation serves
 * @param accountId account of this installation ({@code x-fastn-account-id}); made up once and kept in the database
 *     when absent
 * @param checkpoint {@code adaptive} (commits when worth it) or {@code every-effect} (before every READ and WRITE step)
 * @param secrets where the master key is
 * @param tenants database of tenant data
 * @param connectors definitions of managed connectors
 * @param egress what outbound calls may reach
 * @param database the plugin's own connections
 * @param record what is kept of the calls of a run
 * @param lanes threads for jobs of workflows
 * @param concurrency how many runs may be under way at once
 * @param idempotency keys of starts
 * @param publicUrl where browsers reach this installation, without a slash at the end; needed to connect services by
 *     OAuth
 */
@ConfigurationProperties("fastn")
public record FastnProperties(
        @DefaultValue("production") String environment,
        @Nullable String accountId,
        @DefaultValue("adaptive") String checkpoint,
        @DefaultValue Secrets secrets,
        @DefaultValue Tenants tenants,
        @DefaultValue Connectors connectors,
        @DefaultValue Egress egress,
        @DefaultValue Database database,
        @DefaultValue Recording record,
        @DefaultValue Lanes lanes,
        @DefaultValue Concurrency concurrency,
        @DefaultValue Idempotency idempotency,
        @Nullable URI publicUrl) {

    /**
     * Secrets of workflows.
     *
     * @param masterKey 32 bytes in Base64; kept outside the database
     * @param masterKeyFile file with the same text, closed to others; instead of {@code masterKey}
     * @param otherMasterKeys master keys of before, or of after the next change, also in Base64
     * @param otherMasterKeyFiles files with such keys
     * @param output what becomes of a result that carries a secret: {@code redact} or {@code refuse}
     */
    public record Secrets(
            @Nullable String masterKey,
            @Nullable String masterKeyFile,
            @DefaultValue List<String> otherMasterKeys,
            @DefaultValue List<String> otherMasterKeyFiles,
            @DefaultValue("redact") SecretsOutput output) {

        /**
         * What wraps the keysets of tenants: a service of the application, a key in the settings, or one in a file.
         *
         * @throws FastnException INSTALLATION for none of them, MASTER_KEY for more than one
         */
        KeyWrapping own(@Nullable KeyWrapping service) {
            long given = Stream.of(service, masterKey, masterKeyFile)
                    .filter(Objects::nonNull)
                    .count();
            if (given > 1) {
                throw new FastnException(
                        ErrorCode.MASTER_KEY,
                        "master key is given more than once: by fastn.secrets.master-key, by fastn.secrets.master-key-file or"
                                + " by a bean; one of before belongs into fastn.secrets.other-master-keys");
            }
            if (service != null) {
                return service;
            }
            if (masterKeyFile != null) {
                return MasterKeyFile.read(Path.of(masterKeyFile)).wrapping();
            }
            if (masterKey != null) {
                return MasterKey.ofBase64(masterKey).wrapping();
            }
            throw new FastnException(
                    ErrorCode.INSTALLATION,
                    "fastn.secrets.master-key is not set: give it 32 random bytes in Base64 (openssl rand -base64 32) and keep them"
                            + " outside the database");
        }

        /** Keys that may still wrap keysets. */
        List<KeyWrapping> others() {
            return Stream.concat(
                            otherMasterKeys.stream().map(MasterKey::ofBase64),
                            otherMasterKeyFiles.stream().map(Path::of).map(MasterKeyFile::read))
                    .map(MasterKey::wrapping)
                    .toList();
        }
    }

    /** Tenant data: a PostgreSQL database of its own. */
    public record Tenants(
            @DefaultValue Datasource datasource,
            @DefaultValue Limits limits) {

        /**
         * Limits of {@code fastn.db}.
         *
         * @param rows of one result
         * @param bytes of one result as JSON
         * @param statementTimeout for one statement
         * @param connectionsPerTenant at the same time on this node
         * @param connections of all tenants together on this node
         * @param idle after this time without use a tenant's connections are closed
         * @param tables of one tenant
         * @param size of one tenant's tables with their indexes
         */
        public record Limits(
                @DefaultValue("10000") int rows,
                @DefaultValue("10MB") DataSize bytes,
                @DefaultValue("30s") Duration statementTimeout,
                @DefaultValue("4") int connectionsPerTenant,
                @DefaultValue("40") int connections,
                @DefaultValue("10m") Duration idle,
                @DefaultValue("1000") int tables,
                @DefaultValue("10GB") DataSize size) {

            DbLimits limits() {
                return new DbLimits(
                        rows,
                        Math.toIntExact(bytes.toBytes()),
                        statementTimeout,
                        connectionsPerTenant,
                        connections,
                        idle,
                        tables,
                        size.toBytes());
            }
        }

        /** An administrator of the tenants' database: makes a role and a schema for each tenant. */
        public record Datasource(
                @Nullable String url,
                @Nullable String username,
                @Nullable String password) {}
    }

    /**
     * Connector definitions.
     *
     * @param directory folder with YAML files, and below it {@code tenants/<tenant>/}
     * @param catalogue slugs of definitions that the plugin brings along, {@code *} for all; none when absent
     */
    public record Connectors(
            @Nullable String directory, @DefaultValue List<String> catalogue) {}

    /**
     * Egress rule.
     *
     * @param allow {@code host:port} pairs, separated by commas, that may be called although they are private
     * @param fetchHosts hosts, separated by commas, that {@code fetch} may call; {@code *.example.com} for those of a
     *     domain, {@code *} for all
     * @param requestSize of the body of one request
     * @param trustedCertificates file with certificates (PEM) of authorities that are trusted beside those of the JVM
     */
    public record Egress(
            @DefaultValue("") String allow,
            @DefaultValue("") String fetchHosts,
            @DefaultValue("10MB") DataSize requestSize,
            @Nullable Path trustedCertificates) {

        EgressGuard guard() {
            EgressGuard guard = EgressGuard.allowing(allow).upTo(requestSize.toBytes());
            return trustedCertificates == null ? guard : guard.trusting(TrustedCertificates.with(trustedCertificates));
        }
    }

    /**
     * The pool for journal, state, secrets and access keys, apart from the engine's own.
     *
     * @param poolSize connections at most
     */
    public record Database(@DefaultValue("10") int poolSize) {}

    /**
     * Limits of what is recorded of calls.
     *
     * @param outcomeSize of one call
     * @param executionSize of all calls of a run together, compressed
     */
    public record Recording(
            @DefaultValue("16MB") DataSize outcomeSize,
            @DefaultValue("256MB") DataSize executionSize) {}

    /**
     * Limits beside those that a workflow has in its process.
     *
     * @param perTenant runs of tier Standard and Long of one tenant; 0 = no limit
     */
    public record Concurrency(@DefaultValue("0") int perTenant) {}

    /**
     * Header {@code Idempotency-Key} of requests that start a run.
     *
     * @param keep how long a key stands for the run that it has started
     */
    public record Idempotency(@DefaultValue("24h") Duration keep) {}

    /**
     * Threads of this node for the jobs of workflows; other processes keep the engine's pool. Each lane has one thread
     * more, for a tenant that has none. Every thread at work holds one connection of the engine's pool.
     *
     * @param standard of tier Standard
     * @param longRunning of tier Long
     * @param grace how long a node that stops waits for steps that run
     */
    public record Lanes(
            @DefaultValue Standard standard,
            @Name("long") @DefaultValue LongRunning longRunning,
            @DefaultValue("20s") Duration grace) {

        LaneSettings settings() {
            return new LaneSettings(
                    atLeastOne("standard", standard.threads()), atLeastOne("long", longRunning.threads()), grace);
        }

        private static int atLeastOne(String lane, int threads) {
            if (threads < 1) {
                throw new FastnException(
                        ErrorCode.INSTALLATION,
                        "fastn.lanes." + lane + ".threads is " + threads + ": 1 or more is expected");
            }
            return threads;
        }

        /**
         * Of tier Standard.
         *
         * @param threads at most
         */
        public record Standard(@DefaultValue("4") int threads) {}

        /**
         * Of tier Long.
         *
         * @param threads at most
         */
        public record LongRunning(@DefaultValue("2") int threads) {}
    }
}
