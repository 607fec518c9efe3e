package ai.fastn.camunda.effect.secret;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.workflow.TenantId;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.RegistryConfiguration;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Encrypts for a tenant (AES-256-GCM): each tenant has a keyset of its own, which lies in the database wrapped by the
 * master key. Deleting a tenant's keyset makes everything sealed for it unreadable.
 */
public final class Sealing {

    /** After this time a node looks whether another one has changed a keyset. */
    static final Duration FRESH = Duration.ofSeconds(30);

    /** Tink writes a version byte and the number of the key before what it encrypts. */
    private static final int MARK_BYTES = 5;

    private final Keysets keysets;
    private final Clock clock;
    private final Map<TenantId, Loaded> loaded = new ConcurrentHashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Loaded(Aead aead, byte[] mark, long version, Instant at) {}

    /** Sealing with this master key alone. */
    public Sealing(DataSource plugin, MasterKey masterKey) {
        this(plugin, masterKey.wrapping(), List.of(), Clock.systemUTC());
    }

    /**
     * Sealing with a master key. Keysets that are wrapped with one of the others are wrapped with this one.
     *
     * @throws FastnException SECRET_STORE when the database was sealed with none of them
     */
    public Sealing(DataSource plugin, KeyWrapping masterKey, List<KeyWrapping> others, Clock clock) {
        MasterKey.register();
        this.keysets = new Keysets(plugin, new MasterKeys(masterKey, List.copyOf(others)));
        this.clock = clock;
        keysets.adopt();
    }

    Keysets keysets() {
        return keysets;
    }

    /**
     * Encrypts.
     *
     * @param associated what the text belongs to; {@link #open} needs the same bytes
     */
    public byte[] seal(TenantId tenant, byte[] plain, byte[] associated) {
        try {
            return fresh(tenant).aead().encrypt(plain, associated);
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
        Loaded keyset = fresh(tenant);
        try {
            return keyset.aead().decrypt(sealed, associated);
        } catch (GeneralSecurityException e) {
            return openWithNewer(tenant, keyset.version(), sealed, associated, e);
        }
    }

    /** Another node may have sealed it with a key that is new to this one. */
    private byte[] openWithNewer(
            TenantId tenant, long known, byte[] sealed, byte[] associated, GeneralSecurityException first) {
        try {
            if (keysets.version(tenant) != known) {
                return load(tenant).aead().decrypt(sealed, associated);
            }
        } catch (GeneralSecurityException e) {
            first.addSuppressed(e);
        }
        throw new FastnException(
                ErrorCode.SECRET_STORE,
                "sealed text of tenant \"" + tenant + "\" was changed or belongs elsewhere",
                first);
    }

    /**
     * Gets ready to seal and open within the next moments without asking the database: for callers that are about to
     * hold a connection of the same pool.
     */
    public void prepare(TenantId tenant) {
        Loaded known = loaded.get(tenant);
        if (known == null || !known.at().plus(FRESH.dividedBy(2)).isAfter(clock.instant())) {
            check(tenant, known);
        }
    }

    /** The first bytes of everything that is sealed now; what begins otherwise was sealed with an older key. */
    public byte[] mark(TenantId tenant) {
        return fresh(tenant).mark().clone();
    }

    /** Looks at once whether a keyset was changed. */
    void refresh(TenantId tenant) {
        load(tenant);
    }

    private Loaded fresh(TenantId tenant) {
        Loaded known = loaded.get(tenant);
        if (known == null) {
            return load(tenant);
        }
        return known.at().plus(FRESH).isAfter(clock.instant()) ? known : check(tenant, known);
    }

    private Loaded check(TenantId tenant, @Nullable Loaded known) {
        if (known == null) {
            return load(tenant);
        }
        try {
            return keysets.version(tenant) == known.version() ? again(tenant, known) : load(tenant);
        } catch (DataAccessException e) {
            return known; // a database that does not answer has not changed anything
        }
    }

    private Loaded again(TenantId tenant, Loaded known) {
        Loaded checked = new Loaded(known.aead(), known.mark(), known.version(), clock.instant());
        loaded.put(tenant, checked);
        return checked;
    }

    private Loaded load(TenantId tenant) {
        Instant now = clock.instant();
        Keysets.Stored stored = keysets.of(tenant);
        try {
            Loaded fresh = new Loaded(
                    stored.handle().getPrimitive(RegistryConfiguration.get(), Aead.class),
                    markOf(stored.handle().getPrimary().getId()),
                    stored.version(),
                    now);
            loaded.put(tenant, fresh);
            return fresh;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("bug: a keyset has no AEAD", e);
        }
    }

    private static byte[] markOf(int key) {
        return Arrays.copyOf(
                ByteBuffer.allocate(MARK_BYTES).put((byte) 1).putInt(key).array(), MARK_BYTES);
    }
}
