package ai.fastn.camunda.runtime;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.graalvm.polyglot.Value;

/** Digests and HMACs for guest code: quicker here than in the sandbox, and the same on every run. */
final class GuestHash {

    private GuestHash() {}

    /** Arguments: {@code SHA-256}, a key or null, the content; both as Base64, as is the answer. */
    static Object digest(Value... arguments) {
        String algorithm = arguments[0].asString();
        byte[] content = Base64.getDecoder().decode(arguments[2].asString());
        try {
            byte[] hash = arguments[1].isNull()
                    ? MessageDigest.getInstance(algorithm).digest(content)
                    : hmac(algorithm, Base64.getDecoder().decode(arguments[1].asString()), content);
            return Base64.getEncoder().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("bug: this Java has no " + algorithm, e);
        }
    }

    private static byte[] hmac(String algorithm, byte[] key, byte[] content) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("Hmac" + algorithm.replace("-", ""));
        // an empty key is as good as one of zeros, which Java asks for
        mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, mac.getAlgorithm()));
        return mac.doFinal(content);
    }
}
