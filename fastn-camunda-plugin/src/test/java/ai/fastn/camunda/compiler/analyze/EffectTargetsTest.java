package ai.fastn.camunda.compiler.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tables a statement is about. */
class EffectTargetsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "INSERT INTO sync_log (source_id) VALUES ($1) | sync_log",
                "SELECT * FROM sync_log WHERE source_id = $1 | sync_log",
                "select a.x from orders a join customers c on c.id = a.c left join shop.\"Item\" i on true | orders customers shop.Item",
                "CREATE TABLE IF NOT EXISTS sync_log (id SERIAL) | sync_log",
                "UPDATE ONLY stock SET n = n - 1 FROM reservation r | stock reservation",
                "DELETE FROM stock | stock",
                "INSERT INTO a SELECT * FROM b ON CONFLICT (id) DO UPDATE SET x = 1 | a b",
                "SELECT * FROM jobs FOR UPDATE SKIP LOCKED | jobs",
                "WITH recent AS (SELECT * FROM orders) SELECT * FROM recent | orders",
                "SELECT extract(year from created) FROM orders | orders",
                "SELECT * FROM generate_series(1, 3) | ``",
                "SELECT 'taken from shelf' FROM stock -- from memory | stock",
                "DROP TABLE IF EXISTS old_log | old_log",
            })
    void tablesAreFound(String sql, String tables) {
        EffectUse use = new EffectSentences().query(Optional.of(sql));
        assertThat(use.targets())
                .containsExactlyElementsOf(Arrays.stream(tables.split(" ", -1))
                        .filter(table -> !table.isEmpty())
                        .toList());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"state.get,Read state,deal:…", "secrets.get,Read secret,SHOPIFY_API_TOKEN"})
    void aKeyIsTheTarget(String name, String verb, String key) {
        EffectUse use = EffectSentences.ofKey(name, ai.fastn.camunda.workflow.StepKind.READ, verb, Optional.of(key));
        assertThat(use.targets()).containsExactly(key);
    }
}
