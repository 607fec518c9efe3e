package ai.fastn.camunda.bench;

import java.security.Provider;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * A random source that gives the plain function and the process the same, so that programs which use one can be
 * compared.
 */
final class FixedRandom extends Provider {

    private static final long serialVersionUID = 1L;

    /** Each byte that comes from it. */
    static final byte BYTE = 0x5a;

    private FixedRandom() {
        super("FixedRandom", "1", "gives one byte again and again");
        put("SecureRandom.DRBG", Source.class.getName());
    }

    /** Makes something that takes its random source while it is made. */
    static <T> T during(Supplier<T> making) {
        Provider provider = new FixedRandom();
        Security.insertProviderAt(provider, 1);
        try {
            return making.get();
        } finally {
            Security.removeProvider(provider.getName());
        }
    }

    /** The source. */
    public static final class Source extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;

        @Override
        protected void engineSetSeed(byte[] seed) {}

        @Override
        protected void engineNextBytes(byte[] bytes) {
            Arrays.fill(bytes, BYTE);
        }

        @Override
        protected byte[] engineGenerateSeed(int length) {
            byte[] seed = new byte[length];
            engineNextBytes(seed);
            return seed;
        }
    }
}
