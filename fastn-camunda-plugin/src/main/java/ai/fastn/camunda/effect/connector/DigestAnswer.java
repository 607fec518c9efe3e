package ai.fastn.camunda.effect.connector;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hc.client5.http.auth.AuthChallenge;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.AuthenticationException;
import org.apache.hc.client5.http.auth.ChallengeType;
import org.apache.hc.client5.http.auth.MalformedChallengeException;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.AuthChallengeParser;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.auth.DigestScheme;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.message.ParserCursor;

/** The header that answers a digest challenge (RFC 7616); SHA-256 where the service offers it. */
final class DigestAnswer {

    private DigestAnswer() {}

    /** Empty when the challenge is none that can be answered. */
    static Optional<String> to(String challenges, String user, String password, Credentials.Rejected rejected) {
        return parsed(challenges).stream()
                .filter(challenge -> challenge.getSchemeName().equalsIgnoreCase("Digest"))
                .sorted(Comparator.comparing(DigestAnswer::isOld))
                .flatMap(challenge -> answer(challenge, user, password, rejected).stream())
                .findFirst();
    }

    private static List<AuthChallenge> parsed(String challenges) {
        try {
            return AuthChallengeParser.INSTANCE.parse(
                    ChallengeType.TARGET, challenges, new ParserCursor(0, challenges.length()));
        } catch (ParseException e) {
            return List.of();
        }
    }

    private static boolean isOld(AuthChallenge challenge) {
        return challenge.getParams().stream()
                .noneMatch(param -> param.getName().equalsIgnoreCase("algorithm")
                        && param.getValue().toUpperCase(Locale.ROOT).startsWith("SHA-256"));
    }

    private static Optional<String> answer(
            AuthChallenge challenge, String user, String password, Credentials.Rejected rejected) {
        HttpHost host = HttpHost.create(rejected.url());
        BasicCredentialsProvider known = new BasicCredentialsProvider();
        known.setCredentials(new AuthScope(host), new UsernamePasswordCredentials(user, password.toCharArray()));
        HttpClientContext context = HttpClientContext.create();
        DigestScheme scheme = new DigestScheme();
        try {
            scheme.processChallenge(challenge, context);
            return scheme.isResponseReady(host, known, context)
                    ? Optional.of(scheme.generateAuthResponse(
                            host, new BasicHttpRequest(rejected.method(), rejected.url()), context))
                    : Optional.empty();
        } catch (MalformedChallengeException | AuthenticationException e) {
            return Optional.empty();
        }
    }
}
