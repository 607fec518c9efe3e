package ai.fastn.camunda.autoconfigure;

import ai.fastn.camunda.access.AccessKeys;
import ai.fastn.camunda.access.Account;
import ai.fastn.camunda.access.Callers;
import ai.fastn.camunda.access.Tenants;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.connector.ConnectorCalls;
import ai.fastn.camunda.effect.connector.ConnectorRegistry;
import ai.fastn.camunda.effect.connector.ConnectorTrials;
import ai.fastn.camunda.effect.connector.connection.Connections;
import ai.fastn.camunda.effect.connector.connection.OAuthApps;
import ai.fastn.camunda.effect.connector.connection.OAuthFlow;
import ai.fastn.camunda.effect.connector.connection.Verification;
import ai.fastn.camunda.effect.connector.openapi.OpenApiImport;
import ai.fastn.camunda.effect.mock.MockDocuments;
import ai.fastn.camunda.effect.mock.Recordings;
import ai.fastn.camunda.effect.secret.KeyRotation;
import ai.fastn.camunda.effect.secret.SecretStore;
import ai.fastn.camunda.effect.setting.Settings;
import ai.fastn.camunda.execution.AwaitedEvents;
import ai.fastn.camunda.execution.DoubtAnswers;
import ai.fastn.camunda.execution.ExecutionLog;
import ai.fastn.camunda.execution.Executions;
import ai.fastn.camunda.execution.OnceExecutions;
import ai.fastn.camunda.lifecycle.Workflows;
import ai.fastn.camunda.rest.BodyLimit;
import ai.fastn.camunda.rest.CallerArgument;
import ai.fastn.camunda.rest.ConnectionController;
import ai.fastn.camunda.rest.ConnectorController;
import ai.fastn.camunda.rest.ConnectorImportController;
import ai.fastn.camunda.rest.EventController;
import ai.fastn.camunda.rest.ExecutionController;
import ai.fastn.camunda.rest.FlowController;
import ai.fastn.camunda.rest.InDoubtController;
import ai.fastn.camunda.rest.MachineAccess;
import ai.fastn.camunda.rest.OAuthAppController;
import ai.fastn.camunda.rest.OAuthController;
import ai.fastn.camunda.rest.Paths;
import ai.fastn.camunda.rest.PlainRequests;
import ai.fastn.camunda.rest.Problems;
import ai.fastn.camunda.rest.RecordingController;
import ai.fastn.camunda.rest.SecretController;
import ai.fastn.camunda.rest.SettingController;
import ai.fastn.camunda.rest.UnknownPath;
import ai.fastn.camunda.rest.WorkflowController;
import ai.fastn.camunda.workflow.Environment;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.PropertyResolver;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The REST API, for machines with an access key. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import(Problems.class)
class RestConfiguration {

    @Bean
    Account fastnAccount(EffectsPool pool, FastnProperties properties) {
        return Account.loadOrCreate(pool.dataSource(), Optional.ofNullable(properties.accountId()));
    }

    @Bean
    Tenants fastnTenants(EffectsPool pool) {
        return new Tenants(pool.dataSource());
    }

    @Bean
    AccessKeys fastnAccessKeys(EffectsPool pool) {
        return new AccessKeys(pool.dataSource(), new EngineClock());
    }

    @Bean
    WorkflowController fastnWorkflowController(Workflows workflows, ExecutionLog log, FastnProperties properties) {
        return new WorkflowController(workflows, log, new Environment(properties.environment()));
    }

    @Bean
    FlowController fastnFlowController(Workflows workflows) {
        return new FlowController(workflows);
    }

    @Bean
    RecordingController fastnRecordingController(ExecutionLog log, Recordings recordings) {
        return new RecordingController(log, recordings);
    }

    @Bean
    ExecutionController fastnExecutionController(
            Workflows workflows, Executions executions, OnceExecutions once, ExecutionLog log, MockDocuments mocks) {
        return new ExecutionController(workflows, executions, once, log, mocks);
    }

    @Bean
    InDoubtController fastnInDoubtController(DoubtAnswers answers) {
        return new InDoubtController(answers);
    }

    @Bean
    SecretController fastnSecretController(SecretStore secrets, KeyRotation keys) {
        return new SecretController(secrets, keys);
    }

    @Bean
    SettingController fastnSettingController(Settings settings) {
        return new SettingController(settings);
    }

    @Bean
    EventController fastnEventController(AwaitedEvents events) {
        return new EventController(events);
    }

    @Bean
    ConnectorController fastnConnectorController(
            ConnectorRegistry connectors, ConnectorCalls calls, Workflows workflows, FastnProperties properties) {
        return new ConnectorController(
                connectors,
                new ConnectorTrials(connectors, calls, new Environment(properties.environment())),
                workflows);
    }

    @Bean
    ConnectionController fastnConnectionController(Connections connections, Verification verification) {
        return new ConnectionController(connections, verification);
    }

    @Bean
    OAuthAppController fastnOAuthAppController(ConnectorRegistry connectors, OAuthApps apps) {
        return new OAuthAppController(connectors, apps);
    }

    @Bean
    OAuthController fastnOAuthController(OAuthFlow flow, FastnProperties properties) {
        return new OAuthController(
                flow, Optional.ofNullable(properties.publicUrl()).map(RestConfiguration::checked));
    }

    private static URI checked(URI publicUrl) {
        if (!Set.of("http", "https").contains(String.valueOf(publicUrl.getScheme()))
                || publicUrl.getHost() == null
                || publicUrl.toString().matches(".*([?#].*|/)")) {
            throw new FastnException(
                    ErrorCode.INSTALLATION,
                    "fastn.public-url is \"" + publicUrl + "\": http(s)://host[:port][/path] without a slash at the end"
                            + " is expected");
        }
        return publicUrl;
    }

    /** Closed with the application: has threads. */
    @Bean
    OpenApiImport fastnOpenApiImport() {
        return new OpenApiImport();
    }

    @Bean
    ConnectorImportController fastnConnectorImportController(OpenApiImport imports, ConnectorRegistry connectors) {
        return new ConnectorImportController(imports, connectors);
    }

    @Bean
    UnknownPath fastnUnknownPath() {
        return new UnknownPath();
    }

    @Bean
    FilterRegistrationBean<PlainRequests> fastnPlainRequests(PropertyResolver environment) {
        FilterRegistrationBean<PlainRequests> filter = new FilterRegistrationBean<>(new PlainRequests());
        filter.addUrlPatterns("/fastn/*", panels(environment) + "/*");
        return filter;
    }

    @Bean
    FilterRegistrationBean<BodyLimit> fastnBodyLimit(PropertyResolver environment) {
        FilterRegistrationBean<BodyLimit> filter = new FilterRegistrationBean<>(new BodyLimit());
        filter.addUrlPatterns("/fastn/*", panels(environment) + "/*");
        return filter;
    }

    @Bean
    WebMvcConfigurer fastnMachineAccess(AccessKeys keys, Account account) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new MachineAccess(new Callers(keys, account)))
                        .addPathPatterns(Paths.MACHINES + "/**")
                        .excludePathPatterns(OAuthController.CALLBACK);
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerArgument());
            }
        };
    }

    /** Root of the panels' API below the Camunda webapp. */
    static String panels(PropertyResolver environment) {
        return environment.getProperty("camunda.bpm.webapp.application-path", "/camunda") + "/api/fastn";
    }
}
