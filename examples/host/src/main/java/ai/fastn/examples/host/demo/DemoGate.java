package ai.fastn.examples.host.demo;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Stands before every back end: asks for its API key and keeps a record of each request. */
@Component
class DemoGate implements HandlerInterceptor, WebMvcConfigurer {

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final DemoStore store;

    DemoGate(DemoStore store) {
        this.store = store;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/demo/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        DemoBackEnd backEnd = DemoBackEnd.at(request.getRequestURI()).orElse(null);
        if (backEnd == null) {
            return true;
        }
        if (!carriesKey(request, backEnd)) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.getWriter().write("{\"message\":\"" + backEnd + " does not know this API key\"}");
            return false;
        }
        record(request, backEnd);
        return true;
    }

    private static boolean carriesKey(HttpServletRequest request, DemoBackEnd backEnd) {
        return same("Bearer " + backEnd.apiKey(), request.getHeader("Authorization"))
                || same(backEnd.apiKey(), request.getHeader("X-API-KEY"));
    }

    private static boolean same(String expected, @Nullable String sent) {
        return sent != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }

    private void record(HttpServletRequest request, DemoBackEnd backEnd) {
        store.sql("INSERT INTO demo.request (back_end, method, path, idempotency_key) VALUES (?, ?, ?, ?)")
                .params(backEnd.name(), request.getMethod(), request.getRequestURI())
                .param(request.getHeader(IDEMPOTENCY_KEY))
                .update();
    }
}
