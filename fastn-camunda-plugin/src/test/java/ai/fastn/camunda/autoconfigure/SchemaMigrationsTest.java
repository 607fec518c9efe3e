package ai.fastn.camunda.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.autoconfigure.SchemaMigrations.Migration;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectDatabases;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class SchemaMigrationsTest {

    private static final Migration FIRST =
            new Migration("001-a.sql", "CREATE TABLE a (id int); INSERT INTO a VALUES (1)");
    private static final Migration SECOND = new Migration("002-b.sql", "INSERT INTO a VALUES (2)");

    private final DataSource database = EffectDatabases.emptySchema();

    @Test
    void filesAreAppliedOnceInTheOrderOfTheirNames() {
        apply(SECOND, FIRST);
        apply(FIRST, SECOND);

        assertThat(JdbcClient.create(database)
                        .sql("SELECT id FROM a ORDER BY id")
                        .query(Integer.class)
                        .list())
                .containsExactly(1, 2);
    }

    @Test
    void aChangedFileIsRefused() {
        apply(FIRST);

        assertThatThrownBy(() -> apply(new Migration("001-a.sql", "CREATE TABLE other (id int)")))
                .isInstanceOf(FastnException.class)
                .hasMessageStartingWith("migration \"001-a.sql\" was changed after it had been applied: checksum ");
    }

    @Test
    void aFailingFileLeavesNothingBehind() {
        assertThatThrownBy(() -> apply(FIRST, new Migration("002-b.sql", "INSERT INTO nowhere VALUES (1)")))
                .isInstanceOf(FastnException.class)
                .hasMessageContaining("migration \"002-b.sql\" failed: ERROR: relation \"nowhere\" does not exist");

        assertThat(JdbcClient.create(database)
                        .sql("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void aDatabaseOfANewerVersionIsRefused() {
        apply(FIRST, SECOND);

        assertThatThrownBy(() -> apply(FIRST))
                .hasMessage("migrations [002-b.sql] were applied by a newer version of the plugin than this one");
    }

    @Test
    void severalNodesMayStartAtOnce() {
        IntStream.range(0, 4).parallel().forEach(node -> new SchemaMigrations(database).apply());

        assertThat(JdbcClient.create(database)
                        .sql("SELECT name FROM fastn_migration")
                        .query(String.class)
                        .list())
                .contains("001-access.sql", "002-secrets.sql", "003-state.sql");
    }

    private void apply(Migration... migrations) {
        new SchemaMigrations(database, List.of(migrations)).apply();
    }
}
