package ai.fastn.camunda.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.engine.LaneSettings;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The threads of lanes as an installation sets them, and the connections that they need. */
class LanesPropertiesTest {

    @Test
    void theDefaultsFitIntoTheDefaultPoolOfTheEngine() {
        LaneSettings lanes = bound().lanes().settings();

        assertThat(lanes).isEqualTo(new LaneSettings(4, 2, Duration.ofSeconds(20)));
        assertThat(warnings(lanes, 10)).isEmpty();
    }

    @Test
    void moreThreadsThanConnectionsAreWorthAWarning() {
        LaneSettings lanes = bound("standard.threads", "8", "long.threads", "6", "grace", "5s")
                .lanes()
                .settings();

        assertThat(lanes).isEqualTo(new LaneSettings(8, 6, Duration.ofSeconds(5)));
        assertThat(warnings(lanes, 18)).isEmpty();
        assertThat(warnings(lanes, 17)).singleElement().asString().contains("has 17 connections", "may need 18");
    }

    @Test
    void aLaneWithoutThreadsIsRefused() {
        assertThatThrownBy(() -> bound("long.threads", "0").lanes().settings())
                .hasMessage("fastn.lanes.long.threads is 0: 1 or more is expected");
    }

    private static FastnProperties bound(String... lanes) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        source.put("fastn.environment", "production");
        for (int i = 0; i < lanes.length; i += 2) {
            source.put("fastn.lanes." + lanes[i], lanes[i + 1]);
        }
        return new Binder(source).bind("fastn", FastnProperties.class).get();
    }

    private static List<String> warnings(LaneSettings lanes, int poolSize) {
        Logger logger = (Logger) LoggerFactory.getLogger(ConnectionsOfLanes.class);
        ListAppender<ILoggingEvent> written = new ListAppender<>();
        written.start();
        logger.addAppender(written);
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setMaximumPoolSize(poolSize);
            ConnectionsOfLanes.check(lanes, pool);
        } finally {
            logger.detachAppender(written);
        }
        return written.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
