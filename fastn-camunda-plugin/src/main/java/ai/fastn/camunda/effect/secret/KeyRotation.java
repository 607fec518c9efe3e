package ai.fastn.camunda.effect.secret;

import ai.fastn.camunda.workflow.TenantId;
import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Gives a tenant a new key while everything runs: the new key seals at once, what lies in tables is sealed again in
 * batches, and the old key is disabled when nothing needs it any more, and destroyed a week later. Several nodes may do
 * it at the same time.
 */
public final class KeyRotation {

    /** Longer than any node takes to see that there is a new key. */
    static final Duration SEEN_BY_ALL = Sealing.FRESH.multipliedBy(4);

    /** The age of a backup that may still be put back. */
    static final Duration BACKUPS = Duration.ofDays(7);

    private static final int BATCH = 500;

    private final Sealing sealing;
    private final List<SealedRows> rows;
    private final Clock clock;

    public KeyRotation(Sealing sealing, List<SealedRows> rows, Clock clock) {
        this.sealing = sealing;
        this.rows = List.copyOf(rows);
        this.clock = clock;
    }

    /** Begins: from now on the new key seals. False while an earlier rotation of the tenant is not through. */
    public boolean begin(TenantId tenant) {
        sealing.refresh(tenant);
        boolean begun = sealing.keysets()
                .change(tenant, clock.instant(), KeyRotation::withNewKey)
                .isPresent();
        sealing.refresh(tenant);
        return begun;
    }

    private static Optional<KeysetHandle> withNewKey(Keysets.Stored keyset) throws GeneralSecurityException {
        if (older(keyset.handle(), KeyStatus.ENABLED).findAny().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(KeysetHandle.newBuilder(keyset.handle())
                .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                        .withRandomId()
                        .makePrimary())
                .build());
    }

    /** Does what is due of all rotations under way. */
    public void goOn() {
        sealing.keysets().rotating().forEach(this::goOn);
    }

    private void goOn(TenantId tenant) {
        Keysets.Stored keyset = sealing.keysets().of(tenant);
        Instant now = clock.instant();
        if (older(keyset.handle(), KeyStatus.ENABLED).findAny().isPresent()) {
            if (!keyset.changedAt().plus(SEEN_BY_ALL).isAfter(now) && isNeededNoMore(tenant)) {
                sealing.keysets().change(tenant, now, KeyRotation::withOlderDisabled);
            }
        } else if (!keyset.changedAt().plus(BACKUPS).isAfter(now)) {
            sealing.keysets().change(tenant, now, KeyRotation::withOlderDestroyed);
        }
    }

    private boolean isNeededNoMore(TenantId tenant) {
        sealing.refresh(tenant);
        for (SealedRows each : rows) {
            int sealed;
            do {
                sealed = each.sealAgain(tenant, BATCH);
            } while (sealed == BATCH);
        }
        return rows.stream().noneMatch(each -> each.waits(tenant));
    }

    private static Optional<KeysetHandle> withOlderDisabled(Keysets.Stored keyset) throws GeneralSecurityException {
        KeysetHandle.Builder builder = KeysetHandle.newBuilder(keyset.handle());
        older(keyset.handle(), KeyStatus.ENABLED)
                .forEach(index -> builder.getAt(index).setStatus(KeyStatus.DISABLED));
        return Optional.of(builder.build());
    }

    private static Optional<KeysetHandle> withOlderDestroyed(Keysets.Stored keyset) throws GeneralSecurityException {
        KeysetHandle.Builder builder = KeysetHandle.newBuilder(keyset.handle());
        older(keyset.handle(), KeyStatus.DISABLED)
                .sorted((one, other) -> other - one)
                .forEach(builder::deleteAt);
        return Optional.of(builder.build());
    }

    private static Stream<Integer> older(KeysetHandle keyset, KeyStatus status) {
        return IntStream.range(0, keyset.size())
                .filter(index ->
                        !keyset.getAt(index).isPrimary() && keyset.getAt(index).getStatus() == status)
                .boxed();
    }
}
