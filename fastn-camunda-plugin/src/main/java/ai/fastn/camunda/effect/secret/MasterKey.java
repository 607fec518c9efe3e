package ai.fastn.camunda.effect.secret;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

/** The key that wraps all others; it stands in the installation's configuration and never in the database. */
public final class MasterKey {

    private static final int LENGTH = 32;

    private final byte[] bytes;

    private MasterKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The key written as Base64.
     *
     * @throws FastnException SECRET_STORE when the text is not the Base64 of 32 bytes
     */
    public static MasterKey ofBase64(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64.strip());
            if (bytes.length == LENGTH) {
                return new MasterKey(bytes);
            }
            throw notAKey("has " + bytes.length + " bytes");
        } catch (IllegalArgumentException e) {
            throw notAKey("is not Base64");
        }
    }

    /** A new key, for an installation that has none. */
    public static MasterKey random() {
        byte[] bytes = new byte[LENGTH];
        new SecureRandom().nextBytes(bytes);
        return new MasterKey(bytes);
    }

    /** The text for {@link #ofBase64}: keep it where only the installation can read it. */
    public String toBase64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Encryption with this key in the memory of this node. */
    public KeyWrapping wrapping() {
        return new InMemory(aead());
    }

    static void register() {
        try {
            AeadConfig.register();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("bug: Tink has no AEAD", e);
        }
    }

    private record InMemory(Aead aead) implements KeyWrapping {

        @Override
        public byte[] wrap(byte[] keyset, byte[] associated) throws GeneralSecurityException {
            return aead.encrypt(keyset, associated);
        }

        @Override
        public byte[] unwrap(byte[] wrapped, byte[] associated) throws GeneralSecurityException {
            return aead.decrypt(wrapped, associated);
        }
    }

    private Aead aead() {
        register();
        try {
            return aeadOf(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("bug: 32 bytes are no AES key", e);
        }
    }

    @AccessesPartialKey
    private static Aead aeadOf(byte[] bytes) throws GeneralSecurityException {
        AesGcmParameters parameters = AesGcmParameters.builder()
                .setKeySizeBytes(LENGTH)
                .setIvSizeBytes(12)
                .setTagSizeBytes(16)
                .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                .build();
        AesGcmKey key = AesGcmKey.builder()
                .setParameters(parameters)
                .setKeyBytes(SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()))
                .build();
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(key).withRandomId().makePrimary())
                .build()
                .getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    private static FastnException notAKey(String found) {
        return new FastnException(
                ErrorCode.SECRET_STORE, "master key " + found + "; it must be the Base64 of " + LENGTH + " bytes");
    }

    @Override
    public String toString() {
        return "master key";
    }
}
