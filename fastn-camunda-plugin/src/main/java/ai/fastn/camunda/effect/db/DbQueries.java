package ai.fastn.camunda.effect.db;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.diagnostic.TakenOverException;
import ai.fastn.camunda.effect.AbortableCalls;
import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.OutcomeRecord;
import ai.fastn.camunda.effect.Scenario;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.StepKind;
import ai.fastn.camunda.workflow.TenantId;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * {@code fastn.db.query(sql, params)}: one statement in the tenant's schema, in a transaction of its own together with
 * its ledger row, so that it is performed exactly once however often the run is resumed.
 */
public final class DbQueries implements Effect, AutoCloseable {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    /** The server cancels a statement by itself; this much later nobody waits any more. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final TenantDatabase database;
    private final Sealing sealing;
    private final AbortableCalls calls = new AbortableCalls("fastn-db");

    public DbQueries(TenantDatabase database, Sealing sealing) {
        this.database = database;
        this.sealing = sealing;
    }

    @Override
    public String family() {
        return "db";
    }

    @Override
    public StepKind kind(EffectRequest request) {
        try {
            return SqlGate.check(sql(arguments(request))).kind();
        } catch (FastnException e) {
            return StepKind.WRITE;
        }
    }

    @Override
    public Optional<EffectOutcome> imitated(
            EffectRequest request, Scenario scenario, TenantId tenant, ConnectorVersions versions) {
        return scenario == Scenario.TIMEOUT
                ? Optional.of(
                        DbFailure.timeout(database.limits().statementTimeout().toMillis()))
                : Optional.empty();
    }

    @Override
    public EffectOutcome perform(EffectRequest request, EffectScope scope, OutcomeRecord record) {
        try {
            JsonNode arguments = arguments(request);
            SqlStatement statement = SqlGate.check(sql(arguments));
            List<Optional<String>> parameters = SqlParameters.texts(arguments.path("params"));
            requireCount(statement, parameters.size());
            return await(new DbCall(database, sealing, statement, parameters, scope), scope);
        } catch (FastnException e) {
            if (e.code() == ErrorCode.NON_DETERMINISTIC) {
                // Nothing that the author's code could handle: its run can not go on.
                throw e;
            }
            return DbFailure.of(e);
        }
    }

    @Override
    public void close() {
        calls.close();
    }

    private EffectOutcome await(DbCall call, EffectScope scope) {
        Duration server = database.limits().statementTimeout().plus(GRACE);
        Duration limit = scope.remaining().compareTo(server) < 0 ? scope.remaining() : server;
        try {
            return calls.call(call::perform, limit, call::abort);
        } catch (InterruptedException e) {
            return DbFailure.aborted();
        } catch (TimeoutException e) {
            return DbFailure.timeout(limit.toMillis());
        } catch (ExecutionException e) {
            return failed(e.getCause());
        }
    }

    private static EffectOutcome failed(@Nullable Throwable cause) {
        if (cause instanceof SQLException sql) {
            return DbFailure.of(sql);
        }
        if (cause instanceof FastnException refused) {
            throw refused;
        }
        if (cause instanceof TakenOverException taken) {
            throw taken;
        }
        if (cause instanceof DataAccessException) {
            return DbFailure.keysUnreachable();
        }
        throw new IllegalStateException("bug: db.query failed", cause);
    }

    private static JsonNode arguments(EffectRequest request) {
        if (!request.name().equals("db.query")) {
            throw SqlGate.refused("fastn." + request.name() + " is not a function; there is fastn.db.query");
        }
        try {
            return JSON.readTree(request.arguments());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: arguments of db.query are not JSON", e);
        }
    }

    private static String sql(JsonNode arguments) {
        if (!arguments.path("sql").isTextual()) {
            throw SqlGate.refused("it is not a string");
        }
        return arguments.path("sql").textValue();
    }

    private static void requireCount(SqlStatement statement, int given) {
        if (statement.parameterCount() != given) {
            throw SqlGate.refused("it has " + statement.parameterCount() + " parameters, and " + given + " were given");
        }
    }
}
