package ai.fastn.camunda.effect.secret;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.workflow.TenantId;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Encrypts for a tenant (AES-256-GCM): each tenant has a keyset of its own, which lies in the database wrapped by the
 * master key. Deleting a tenant's keyset makes everything sealed for it unreadable.
 */
public final class Sealing {

    private static final byte[] CHECK = "fastn master key".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CHECK_ASSOCIATED = Associated.of("fastn.check.v1");

    private final JdbcClient jdbc;
    private final Aead master;
    private final Map<TenantId, Aead> keysets = new ConcurrentHashMap<>();

    /**
     * Sealing with this master key.
     *
     * @throws FastnException SECRET_STORE when the database was sealed with another master key
     */
    public Sealing(DataSource plugin, MasterKey masterKey) {
        this.jdbc = JdbcClient.create(plugin);
        try {
            this.master = masterKey.aead();
            requireSameMasterKey();
        } catch (GeneralSecurityException e) {
            throw new FastnException(
                    ErrorCode.SECRET_STORE,
                    "master key is not the one this database was sealed with; its secrets can not be read",
                    e);
        }
    }

    /**
     * Encrypts.
     *
     * @param associated what the text belongs to; {@link #open} needs the same bytes
     */
    public byte[] seal(TenantId tenant, byte[] plain, byte[] associated) {
        try {
            return keyset(tenant).encrypt(plain, associated);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("bug: encryption failed", e);
        }
    }

    /**
     * Decrypts.
     *
     * @throws FastnException SECRET_STORE when the bytes were not sealed for this tenant and associated data
     */
    public byte[] open(TenantId tenant, byte[] sealed, byte[] associated) {
        try {
            return keyset(tenant).decrypt(sealed, associated);
        } catch (GeneralSecurityException e) {
            throw new FastnException(
                    ErrorCode.SECRET_STORE,
                    "sealed text of tenant \"" + tenant + "\" was changed or belongs elsewhere",
                    e);
        }
    }

    private void requireSameMasterKey() throws GeneralSecurityException {
        jdbc.sql("INSERT INTO fastn_master_key (check_value) VALUES (?) ON CONFLICT DO NOTHING")
                .param(master.encrypt(CHECK, CHECK_ASSOCIATED))
                .update();
        byte[] stored = jdbc.sql("SELECT check_value FROM fastn_master_key")
                .query(byte[].class)
                .single();
        master.decrypt(stored, CHECK_ASSOCIATED);
    }

    private Aead keyset(TenantId tenant) throws GeneralSecurityException {
        Aead known = keysets.get(tenant);
        if (known != null) {
            return known;
        }
        Aead loaded = loadOrCreate(tenant);
        keysets.put(tenant, loaded);
        return loaded;
    }

    private Aead loadOrCreate(TenantId tenant) throws GeneralSecurityException {
        byte[] associated = Associated.of("fastn.keyset.v1", tenant.value());
        Optional<byte[]> stored = stored(tenant);
        if (stored.isEmpty()) {
            KeysetHandle made =
                    KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get());
            jdbc.sql("INSERT INTO fastn_keyset (tenant, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING")
                    .params(
                            tenant.value(),
                            TinkProtoKeysetFormat.serializeEncryptedKeyset(
                                    made, master, associated, RegistryConfiguration.get()))
                    .update();
            stored = stored(tenant);
        }
        return TinkProtoKeysetFormat.parseEncryptedKeyset(
                        stored.orElseThrow(), master, associated, RegistryConfiguration.get())
                .getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    private Optional<byte[]> stored(TenantId tenant) {
        return jdbc.sql("SELECT wrapped FROM fastn_keyset WHERE tenant = ?")
                .param(tenant.value())
                .query(byte[].class)
                .optional();
    }
}
