package ai.fastn.camunda.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/** What an installation says of outbound calls. */
class CallPropertiesTest {

    @Test
    void databasesThatConnectionsMayNameStandBesideTheOperatorsOwn() {
        BuiltInProperties connectors = source(
                        "connectors.sql.erp.url", "jdbc:postgresql://erp:5432/erp",
                        "connectors.sql-allow[0]", "jdbc:postgresql://db.example.com:5432/*?sslmode=require")
                .bind("fastn.connectors", BuiltInProperties.class)
                .get();

        assertThat(connectors.settings().sql()).containsOnlyKeys("erp");
        assertThat(connectors.settings().sqlAllow())
                .containsExactly("jdbc:postgresql://db.example.com:5432/*?sslmode=require");
    }

    @Test
    void requestsHaveTenMegabytesUnlessTheOperatorSaysMore() {
        assertThat(properties("environment", "x").egress().requestSize()).isEqualTo(DataSize.ofMegabytes(10));
        assertThat(properties("egress.request-size", "64MB").egress().requestSize())
                .isEqualTo(DataSize.ofMegabytes(64));
    }

    @Test
    void aFileOfCertificatesThatIsNotThereEndsTheStart() {
        FastnProperties properties = properties("egress.trusted-certificates", "/no/such/file.pem");

        assertThatThrownBy(() -> properties.egress().guard())
                .hasMessage("fastn.egress.trusted-certificates: file \"/no/such/file.pem\" can not be read as"
                        + " certificates in PEM");
    }

    private static FastnProperties properties(String... settings) {
        return source(settings).bind("fastn", FastnProperties.class).get();
    }

    private static Binder source(String... settings) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        for (int i = 0; i < settings.length; i += 2) {
            source.put("fastn." + settings[i], settings[i + 1]);
        }
        return new Binder(source);
    }
}
