package ai.fastn.camunda.rest;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers what no other controller takes, so that this too is a problem document and needs a key or a login. */
@RestController
public final class UnknownPath {

    @RequestMapping({Paths.MACHINES + "/**", Paths.PANELS + "/**"})
    ResponseEntity<byte[]> refuse(HttpServletRequest request) {
        return Problems.reply(new FastnException(
                ErrorCode.PATH_UNKNOWN, request.getMethod() + " " + request.getRequestURI() + " does not exist"));
    }
}
