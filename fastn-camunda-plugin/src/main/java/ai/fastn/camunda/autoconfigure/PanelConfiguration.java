package ai.fastn.camunda.autoconfigure;

import ai.fastn.camunda.rest.PanelAccess;
import org.camunda.bpm.engine.AuthorizationService;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.PropertyResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The REST API for the Cockpit panels, where the Camunda webapps are installed. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(name = "org.camunda.bpm.webapp.impl.security.auth.Authentications")
class PanelConfiguration {

    @Bean
    WebMvcConfigurer fastnPanelAccess(AuthorizationService authorizations, PropertyResolver environment) {
        boolean enabled = environment.getProperty("camunda.bpm.authorization.enabled", Boolean.class, false);
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new PanelAccess(authorizations, enabled))
                        .addPathPatterns(RestConfiguration.panels(environment) + "/**");
            }
        };
    }
}
