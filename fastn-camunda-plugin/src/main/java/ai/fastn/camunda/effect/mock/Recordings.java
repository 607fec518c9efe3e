package ai.fastn.camunda.effect.mock;

import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.workflow.ExecutionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Table {@code fastn_recorded_call}: what the calls of some runs gave. A call is there before its code sees the
 * outcome.
 */
public final class Recordings {

    private static final String KEEP = """
            INSERT INTO fastn_recorded_call (execution_id, epoch, ordinal, call, arguments, answer)
            VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";

    /** The row of an Instant run comes with its end. */
    private static final String SWEEP = """
            DELETE FROM fastn_recorded_call WHERE ctid = ANY (ARRAY(
                SELECT r.ctid FROM fastn_recorded_call r WHERE r.recorded_at < now() - interval '1 hour'
                    AND NOT EXISTS (SELECT 1 FROM fastn_execution e WHERE e.id = r.execution_id)
                LIMIT ? FOR UPDATE SKIP LOCKED))""";

    private final JdbcClient jdbc;

    /** @param plugin a connection pool that the engine does not use */
    public Recordings(DataSource plugin) {
        this.jdbc = JdbcClient.create(plugin);
    }

    /** Keeps a call once, however often it is told; both without secrets. */
    public void keep(ExecutionId execution, int epoch, int ordinal, EffectRequest request, EffectOutcome outcome) {
        RecordedCall call = RecordedCall.of(request, outcome);
        jdbc.sql(KEEP)
                .params(
                        execution.value(),
                        epoch,
                        ordinal,
                        cleaned(call.call()),
                        cleaned(call.arguments()),
                        cleaned(call.answer()))
                .update();
    }

    /** No text column holds this character, which JSON never has unescaped. */
    private static String cleaned(String text) {
        return text.replace('\u0000', '\uFFFD');
    }

    /** Forgets at most so many calls of executions that are gone, and says how many. */
    public int sweep(int limit) {
        return jdbc.sql(SWEEP).param(limit).update();
    }

    /**
     * The calls of a run as a mocks document: equal ones are one rule with a sequence of answers. A rule whose
     * arguments are part of another one's comes after it.
     */
    public String document(ExecutionId execution) {
        Map<List<String>, List<String>> rules = new LinkedHashMap<>();
        jdbc.sql("SELECT call, arguments, answer FROM fastn_recorded_call WHERE execution_id = ?"
                        + " ORDER BY epoch, ordinal")
                .param(execution.value())
                .query((row, number) -> new RecordedCall(row.getString(1), row.getString(2), row.getString(3)))
                .list()
                .forEach(call -> rules.computeIfAbsent(List.of(call.call(), call.arguments()), any -> new ArrayList<>())
                        .add(call.answer()));
        List<String> written = rules.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        rule -> -JsonPart.size(MockJson.read(rule.getKey().get(1)))))
                .map(rule -> rule(rule.getKey(), rule.getValue()))
                .toList();
        return "{\"others\":\"refuse\",\"rules\":[" + String.join(",", written) + "]}";
    }

    private static String rule(List<String> call, List<String> answers) {
        return "{\"call\":" + MockJson.write(MockJson.MAPPER.getNodeFactory().textNode(call.get(0))) + ",\"arguments\":"
                + call.get(1) + ",\"answers\":[" + String.join(",", answers) + "]}";
    }
}
