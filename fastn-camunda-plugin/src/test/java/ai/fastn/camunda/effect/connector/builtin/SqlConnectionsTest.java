package ai.fastn.camunda.effect.connector.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.connector.Credentials;
import ai.fastn.camunda.effect.connector.EgressGuard;
import ai.fastn.camunda.effect.secret.Redaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Databases that tenants have connected. */
class SqlConnectionsTest {

    private static final DataSource ERP = EffectDatabases.fresh("erp_with_details");

    @Test
    void theErrorOfAStatementThatFailedHoldsNoValue() throws Exception {
        EffectDatabases.execute(ERP, "CREATE TABLE person (mail text UNIQUE)");
        String url;
        try (Connection administrator = ERP.getConnection()) {
            url = administrator.getMetaData().getURL().replaceFirst("\\?.*", "");
        }
        EgressGuard guard = EgressGuard.allowing(url.replaceFirst("jdbc:postgresql://([^/]*)/.*", "$1"));
        SqlConnections connections = new SqlConnections(new SqlSources(Map.of()), List.of(url), guard);

        try (Connection connection = connections.open(as("postgres", url));
                Statement statement = connection.createStatement()) {
            SQLException failure = catchThrowableOfType(
                    SQLException.class,
                    () -> statement.execute("INSERT INTO person VALUES ('ada@example.com'), ('ada@example.com')"));

            assertThat(failure.getMessage()).contains("person_mail_key").doesNotContain("ada@example.com");
        }
    }

    private static Credentials as(String user, String url) {
        return new Credentials(
                Map.of(),
                Map.of(),
                Map.of("username", user),
                Map.of("url", url),
                Redaction.NONE,
                rejected -> Optional.empty(),
                Optional.empty());
    }
}
