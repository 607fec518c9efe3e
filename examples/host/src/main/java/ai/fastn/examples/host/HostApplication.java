package ai.fastn.examples.host;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Camunda 7.24 with Fastn: adding the plugin to the dependencies is all that it takes. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class HostApplication {

    public static void main(String[] args) {
        SpringApplication.run(HostApplication.class, args);
    }
}
