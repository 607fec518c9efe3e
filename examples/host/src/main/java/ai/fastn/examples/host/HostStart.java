package ai.fastn.examples.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * What must be settled before the first bean: a free port (so that a second start ends with one sentence), the address
 * of the host for its connectors, the data folder with master key and connectors, and the database unless
 * {@code spring.datasource.url} names one.
 */
final class HostStart implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        int port = freePort(environment.getProperty("server.port", Integer.class, 8080));
        DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
        DataFolder folder = DataFolder.open(Path.of(environment.getProperty("fastn.host.data", ".fastn-data")));
        beans.registerSingleton("dataFolder", folder);
        // Closed in reverse order, after every other bean: the engine's last statement, the server, the folder's lock.
        beans.registerDisposableBean("dataFolder", folder::close);
        add(
                environment,
                "fastn-host",
                Map.of(
                        "server.port",
                        port,
                        "fastn.host.url",
                        "http://localhost:" + port,
                        "fastn.host.smtp-port",
                        freePort(0),
                        "fastn.secrets.master-key",
                        folder.secret("master-key"),
                        "fastn.connectors.directory",
                        ConnectorFolder.unpack(folder).toString()));
        if (!StringUtils.hasText(environment.getProperty("spring.datasource.url"))) {
            EmbeddedDatabase database = EmbeddedDatabase.start(folder);
            beans.registerDisposableBean("embeddedDatabase", database::close);
            add(environment, "fastn-embedded-database", database.properties());
        }
    }

    /** Port 0 means any: it is chosen here, because the connectors of the demo need to know it before Tomcat starts. */
    private static int freePort(int wanted) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress((InetAddress) null, wanted));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartRefusedException("Port " + wanted
                    + " is in use: stop what listens there or start with -Dserver.port=" + (wanted + 1));
        }
    }

    private static void add(ConfigurableEnvironment environment, String name, Map<String, Object> properties) {
        environment.getPropertySources().addFirst(new MapPropertySource(name, properties));
    }
}
