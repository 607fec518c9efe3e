package ai.fastn.camunda.rest;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests that could be read in two ways: paths with dot segments or path parameters, compressed bodies, and
 * bodies that say they are something else than JSON (a form, as curl says by itself, would be taken apart).
 */
public final class PlainRequests extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<FastnException> objection = objection(request);
        if (objection.isPresent()) {
            Problems.write(response, objection.get());
        } else {
            chain.doFilter(request, response);
        }
    }

    private static Optional<FastnException> objection(HttpServletRequest request) {
        if (!isPlainPath(request.getRequestURI())) {
            return Optional.of(new FastnException(
                    ErrorCode.REQUEST_FIELD, "path has a dot segment, a semicolon or an encoded slash"));
        }
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return Optional.of(new FastnException(
                    ErrorCode.BODY_TYPE, "body is encoded (Content-Encoding): send it without compression"));
        }
        return request.getMethod().equals("GET") || isJson(request.getContentType())
                ? Optional.empty()
                : Optional.of(new FastnException(
                        ErrorCode.BODY_TYPE, "Content-Type of the request is not JSON: application/json is expected"));
    }

    private static boolean isPlainPath(String path) {
        String decoded = path.toLowerCase(Locale.ROOT).replace("%2e", ".");
        return !decoded.contains(";")
                && !decoded.contains("%2f")
                && !decoded.contains("%5c")
                && !(decoded + "/").contains("/../")
                && !(decoded + "/").contains("/./");
    }

    private static boolean isJson(@Nullable String type) {
        return type == null || type.toLowerCase(Locale.ROOT).matches("application/([\\w.-]+\\+)?json\\s*(;.*)?");
    }
}
