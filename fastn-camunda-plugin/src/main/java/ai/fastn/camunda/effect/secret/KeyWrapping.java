package ai.fastn.camunda.effect.secret;

import java.security.GeneralSecurityException;

/**
 * Encrypts the keysets of tenants with a key that never lies in the database. A bean of this type takes the place of
 * the master key in the settings: a key management service that has the key and does not give it away. Thread-safe.
 */
public interface KeyWrapping {

    /**
     * Encrypts a keyset, at most 10 kB.
     *
     * @param associated what {@link #unwrap} must be given too
     */
    byte[] wrap(byte[] keyset, byte[] associated) throws GeneralSecurityException;

    /**
     * Decrypts what {@link #wrap} gave.
     *
     * @throws GeneralSecurityException also when it was wrapped with another key
     */
    byte[] unwrap(byte[] wrapped, byte[] associated) throws GeneralSecurityException;
}
