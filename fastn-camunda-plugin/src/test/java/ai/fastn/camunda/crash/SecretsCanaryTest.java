package ai.fastn.camunda.crash;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.access.AccessKeys;
import ai.fastn.camunda.access.Account;
import ai.fastn.camunda.effect.secret.SecretStore;
import ai.fastn.camunda.execution.Execution;
import ai.fastn.camunda.host.ByteSearch;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.Tier;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/**
 * Workflows that let a secret out in every way that the author of a workflow has, calm and with the death of their node
 * in between. Afterwards, and while they are dead, no table, no log and no reply holds a byte sequence that shows it.
 */
class SecretsCanaryTest {

    private static final String TOKEN = "cAnArY7XyZ42qQ9wEeRt";
    private static final String ODD = "sp€cial/+ \"cAnArY\"&=%1";
    private static final String PASSWORD = "leafCanary99xYz";
    private static final String PIN = "482915736";
    private static final List<String> WORKFLOWS =
            List.of("returned", "thrown", "logged", "state", "failing", "encoded", "variables", "calling", "borrowed");
    private static final List<Double> DEATHS = List.of(0.5, 0.9);

    private final Map<String, String> needles = needles();
    private final Said said = new Said();
    private int runs;

    @AfterEach
    void resetClock() {
        ClockUtil.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"adaptive", "every-effect"})
    void aSecretIsNowhereInClear(String policy) throws Exception {
        try (DyingHost host = new DyingHost(policy)) {
            said.listen();
            prepare(host);
            for (String workflow : WORKFLOWS) {
                host.deploy(workflow, source(workflow), Tier.LONG);
                host.lifeline().live();
                Execution calm = end(host, workflow);
                assertThat(shown(calm)).as(workflow).contains("«secret:").doesNotContain("false");
                int passed = host.lifeline().passed();
                for (double moment : DEATHS) {
                    host.lifeline().dieAt((int) (passed * moment));
                    Execution revived = end(host, workflow);
                    assertThat(shown(revived).replaceAll("run-\\d+", "run"))
                            .isEqualTo(shown(calm).replaceAll("run-\\d+", "run"));
                }
            }
            requireNothingFound(host);
            LoggerFactory.getLogger("ai.fastn").info("the end");
            assertThat(said.text()).as("the log was listened to").contains("the end");
        } finally {
            said.stop();
        }
    }

    private void prepare(DyingHost host) throws IOException {
        SecretStore secrets = host.bean(SecretStore.class);
        secrets.put(TenantId.DEFAULT, Optional.empty(), "TOKEN", TOKEN, "test");
        secrets.put(TenantId.DEFAULT, Optional.empty(), "ODD", ODD, "test");
        secrets.put(TenantId.DEFAULT, Optional.empty(), "PIN", PIN, "test");
        secrets.put(
                TenantId.DEFAULT,
                Optional.empty(),
                "USER",
                "{\"user\": \"jo\", \"password\": \"" + PASSWORD + "\"}",
                "test");
        host.shop().failNext(TOKEN, Integer.MAX_VALUE);
        host.deploy("keeper", source("keeper"), Tier.LONG);
        host.deploy("called", source("called"), Tier.LONG);
        host.deploy("called-at-once", source("called"), Tier.INSTANT);
        host.lifeline().live();
        new MortalRun(host, "keeper", "keep").liveOrFail(() -> {});
    }

    /** Runs to the end, and searches while the node is dead. */
    private Execution end(DyingHost host, String workflow) throws Exception {
        ClockUtil.setCurrentTime(ClockUtil.getCurrentTime());
        MortalRun run = new MortalRun(host, workflow, workflow + "-run-" + runs++);
        Execution ended = run.liveOrFail(() -> requireNothingFound(host));
        requireNothingFound(host);
        assertThat(reply(host, ended)).doesNotContain(needles.values());
        return ended;
    }

    private static String shown(Execution execution) {
        return execution.status() + " " + execution.result().orElse("") + " "
                + execution.error().map(Object::toString).orElse("");
    }

    private void requireNothingFound(DyingHost host) {
        assertThat(ByteSearch.find(host.engine(), needles.values())).isEmpty();
        assertThat(ByteSearch.find(host.tenants(), needles.values())).isEmpty();
        assertThat(said.text()).doesNotContain(needles.values());
    }

    /** Made without the code that redacts. */
    private static Map<String, String> needles() {
        Map<String, String> forms = new TreeMap<>();
        for (String secret : List.of(TOKEN, ODD, PASSWORD, PIN)) {
            forms.put("raw " + secret, secret);
            forms.put("hex of " + secret, ByteSearch.hex(secret));
            forms.put("HEX of " + secret, ByteSearch.hex(secret).toUpperCase(Locale.ROOT));
            for (int offset = 0; offset < 3; offset++) {
                byte[] shifted = (" ".repeat(offset) + secret).getBytes(StandardCharsets.UTF_8);
                String base64 = Base64.getEncoder().encodeToString(shifted);
                forms.put(
                        "base64 at " + offset + " of " + secret,
                        base64.substring(offset == 0 ? 0 : 4, shifted.length / 3 * 4));
            }
        }
        forms.put("url", "sp%E2%82%ACcial");
        forms.put("json", "\\\"cAnArY\\\"");
        forms.put(
                "reversed is not found, but sealed",
                new StringBuilder(TOKEN).reverse().toString());
        return forms;
    }

    private static String reply(DyingHost host, Execution execution) throws IOException, InterruptedException {
        String key = host.bean(AccessKeys.class)
                .create("canary", Set.of(TenantId.DEFAULT), Optional.empty(), "test")
                .key();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:"
                        + host.bean(Environment.class).getProperty("local.server.port")
                        + "/fastn/api/v1/executions/" + execution.id()))
                .header("x-fastn-access-key", key)
                .header("x-fastn-account-id", host.bean(Account.class).id())
                .header("x-fastn-account-tenant-id", "default")
                .build();
        String body = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(body).contains(execution.id().value());
        return body;
    }

    private static String source(String workflow) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(SecretsCanaryTest.class.getResourceAsStream("/canary/" + workflow + ".js"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What was logged, exceptions with their causes included. */
    private static final class Said extends AppenderBase<ILoggingEvent> {

        private final StringBuilder text = new StringBuilder();
        private final PatternLayout layout = new PatternLayout();
        private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

        void listen() {
            setContext(root.getLoggerContext());
            layout.setContext(root.getLoggerContext());
            layout.setPattern("%logger %msg %ex{full}%n");
            layout.start();
            start();
            root.detachAndStopAllAppenders();
            root.addAppender(this);
            root.setLevel(Level.INFO);
            ((Logger) LoggerFactory.getLogger("org.camunda.bpm.engine.context")).setLevel(Level.ERROR);
        }

        @Override
        protected void append(ILoggingEvent event) {
            text.append(layout.doLayout(event));
        }

        synchronized String text() {
            return text.toString();
        }

        @Override
        public void stop() {
            super.stop();
            root.detachAppender(this);
            root.setLevel(Level.OFF);
        }
    }
}
