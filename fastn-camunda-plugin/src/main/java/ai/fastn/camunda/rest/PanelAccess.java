package ai.fastn.camunda.rest;

import ai.fastn.camunda.access.Caller;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.workflow.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.webapp.impl.security.auth.Authentications;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Admits people: a Camunda login with access to Cockpit. Camunda's own filters have checked session and CSRF token
 * before, but they let anonymous requests through on paths they do not know.
 */
public final class PanelAccess implements HandlerInterceptor {

    private final AuthorizationService authorizations;
    private final boolean authorizationEnabled;

    public PanelAccess(AuthorizationService authorizations, boolean authorizationEnabled) {
        this.authorizations = authorizations;
        this.authorizationEnabled = authorizationEnabled;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        UserAuthentication user = loginOf(request);
        if (!user.isAuthorizedForApp("cockpit")) {
            throw new FastnException(
                    ErrorCode.PERMISSION_MISSING, "user \"" + user.getName() + "\" has no access to Cockpit");
        }
        if (changesWorkflows(request)) {
            requireDeployPermission(user);
        }
        request.setAttribute(CallerArgument.ATTRIBUTE, new Caller(user.getName(), TenantId.DEFAULT, Optional.empty()));
        return true;
    }

    private static UserAuthentication loginOf(HttpServletRequest request) {
        Authentications logins = Authentications.getCurrent();
        UserAuthentication user = logins == null
                ? null
                : (UserAuthentication) logins.getAuthenticationForProcessEngine(engineOf(request));
        if (user == null) {
            throw new FastnException(ErrorCode.LOGIN_REQUIRED, "login is required: sign in to Cockpit");
        }
        return user;
    }

    private static String engineOf(HttpServletRequest request) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return variables instanceof Map<?, ?> map && map.get("engine") instanceof String engine ? engine : "default";
    }

    /** Execute is checked by the engine itself when it starts the process. */
    private static boolean changesWorkflows(HttpServletRequest request) {
        return !request.getMethod().equals("GET") && !request.getRequestURI().endsWith("/execute");
    }

    private void requireDeployPermission(UserAuthentication user) {
        if (authorizationEnabled
                && !authorizations.isUserAuthorized(
                        user.getName(), user.getGroupIds(), Permissions.CREATE, Resources.DEPLOYMENT)) {
            throw new FastnException(
                    ErrorCode.PERMISSION_MISSING,
                    "user \"" + user.getName()
                            + "\" lacks permission CREATE on resource Deployment, which changing workflows needs");
        }
    }
}
