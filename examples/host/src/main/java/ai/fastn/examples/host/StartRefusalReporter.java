package ai.fastn.examples.host;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;

/** Answers a {@link StartRefusedException} with its one sentence instead of a stack trace. */
final class StartRefusalReporter implements SpringBootExceptionReporter {

    /** Spring Boot hands every reporter the context; this one needs nothing of it. */
    StartRefusalReporter(ConfigurableApplicationContext context) {}

    @Override
    public boolean reportException(Throwable failure) {
        if (failure instanceof StartRefusedException) {
            System.err.println(failure.getMessage());
            return true;
        }
        return false;
    }
}
