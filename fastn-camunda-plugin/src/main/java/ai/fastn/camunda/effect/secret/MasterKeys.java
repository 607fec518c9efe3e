package ai.fastn.camunda.effect.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The master key of this node, and others that it knows because keysets may still be wrapped with them.
 *
 * @param own wraps keysets from now on
 */
record MasterKeys(KeyWrapping own, List<KeyWrapping> others) {

    private static final byte[] CHECK = "fastn master key".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CHECK_ASSOCIATED = Associated.of("fastn.check.v1");

    /** What shows later which key wraps the keysets of a database. */
    byte[] checkValue() throws GeneralSecurityException {
        return own.wrap(CHECK, CHECK_ASSOCIATED);
    }

    /** The key that made a check value; empty when this node does not know it. */
    Optional<KeyWrapping> thatMade(byte[] checkValue) {
        return Stream.concat(Stream.of(own), others.stream())
                .filter(key -> opens(key, checkValue))
                .findFirst();
    }

    private static boolean opens(KeyWrapping key, byte[] checkValue) {
        try {
            key.unwrap(checkValue, CHECK_ASSOCIATED);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    static byte[] wrap(KeyWrapping key, KeysetHandle keyset, byte[] associated) throws GeneralSecurityException {
        return TinkProtoKeysetFormat.serializeEncryptedKeyset(
                keyset, new WrappingAead(key), associated, RegistryConfiguration.get());
    }

    static KeysetHandle unwrap(KeyWrapping key, byte[] wrapped, byte[] associated) throws GeneralSecurityException {
        return TinkProtoKeysetFormat.parseEncryptedKeyset(
                wrapped, new WrappingAead(key), associated, RegistryConfiguration.get());
    }

    /** As Tink wants it. */
    private record WrappingAead(KeyWrapping key) implements Aead {

        @Override
        public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
            return key.wrap(plaintext, associatedData);
        }

        @Override
        public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
            return key.unwrap(ciphertext, associatedData);
        }
    }
}
