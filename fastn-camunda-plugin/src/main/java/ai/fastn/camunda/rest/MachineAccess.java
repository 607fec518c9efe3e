package ai.fastn.camunda.rest;

import ai.fastn.camunda.access.Caller;
import ai.fastn.camunda.access.Callers;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;

/** Admits machines: the three headers of the API tab say who calls and for which tenant. */
public final class MachineAccess implements HandlerInterceptor {

    private final Callers callers;

    public MachineAccess(Callers callers) {
        this.callers = callers;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Caller caller = callers.identify(
                one(request, Callers.ACCESS_KEY_HEADER),
                one(request, Callers.ACCOUNT_HEADER),
                one(request, Callers.TENANT_HEADER));
        request.setAttribute(CallerArgument.ATTRIBUTE, caller);
        return true;
    }

    private static @Nullable String one(HttpServletRequest request, String name) {
        List<String> values = Collections.list(request.getHeaders(name));
        if (values.size() > 1) {
            throw new FastnException(
                    ErrorCode.REQUEST_FIELD, "header \"" + name + "\" occurs " + values.size() + " times");
        }
        return values.isEmpty() ? null : values.get(0);
    }
}
