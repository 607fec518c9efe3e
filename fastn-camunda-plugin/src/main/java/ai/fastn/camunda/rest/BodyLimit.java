package ai.fastn.camunda.rest;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies over the limit while they are read, whatever length they announce. */
public final class BodyLimit extends OncePerRequestFilter {

    /** Largest body in bytes: an input of 10 MB and its envelope. */
    static final long LARGEST_BODY = 11L * 1024 * 1024;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > LARGEST_BODY) {
            Problems.write(response, tooLarge());
        } else {
            chain.doFilter(new Limited(request), response);
        }
    }

    private static FastnException tooLarge() {
        return new FastnException(ErrorCode.BODY_TOO_LARGE, "body has more than " + LARGEST_BODY + " bytes");
    }

    /** The request with a counted body. */
    private static final class Limited extends HttpServletRequestWrapper {

        Limited(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new Counted(super.getInputStream());
        }
    }

    /** A stream that ends with an error once it has given too much. */
    private static final class Counted extends ServletInputStream {

        private final ServletInputStream body;
        private long given;

        Counted(ServletInputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int one = body.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int some = body.read(target, offset, length);
            count(Math.max(0, some));
            return some;
        }

        private void count(int more) {
            given += more;
            if (given > LARGEST_BODY) {
                throw tooLarge();
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
