package ai.fastn.examples.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;

/** The host on a free port with a fresh data folder, started once for all tests that extend this. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT, properties = "server.port=0")
public abstract class RunningHost {

    private final String url;
    private final RestClient http;

    @Autowired
    protected RunningHost(@Value("${fastn.host.url}") String url) {
        this.url = url;
        // Not the Apache client that is on the class path too: it repeats a GET that ends with 503.
        this.http = RestClient.builder()
                .requestFactory(new JdkClientHttpRequestFactory())
                .baseUrl(url)
                .defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {})
                .build();
    }

    @DynamicPropertySource
    static void freshDataFolder(DynamicPropertyRegistry properties) throws IOException {
        Path folder = Files.createTempDirectory("fastn-host-test");
        properties.add("fastn.host.data", folder::toString);
    }

    protected String url() {
        return url;
    }

    /** Calls the host; a status of 400 and above is an answer like any other. */
    protected RestClient http() {
        return http;
    }

    protected ResponseEntity<String> get(String path) {
        return http.get().uri(path).retrieve().toEntity(String.class);
    }
}
