package ai.fastn.camunda.access;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.workflow.TenantId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells from the three headers of a machine's request who calls. */
public final class Callers {

    public static final String ACCESS_KEY_HEADER = "x-fastn-access-key";
    public static final String ACCOUNT_HEADER = "x-fastn-account-id";
    public static final String TENANT_HEADER = "x-fastn-account-tenant-id";

    private final AccessKeys keys;
    private final Account account;

    public Callers(AccessKeys keys, Account account) {
        this.keys = keys;
        this.account = account;
    }

    /**
     * The caller, by the values of the headers; null where a header is missing.
     *
     * @throws FastnException KEY_MISSING, KEY_UNKNOWN (also revoked and expired ones), ACCOUNT_REFUSED, TENANT_REFUSED,
     *     or REQUEST_FIELD when the tenant's header is needed and missing
     */
    public Caller identify(@Nullable String accessKey, @Nullable String accountId, @Nullable String tenantId) {
        if (accessKey == null || accessKey.isBlank()) {
            throw new FastnException(ErrorCode.KEY_MISSING, "header " + ACCESS_KEY_HEADER + " is missing");
        }
        AccessKey key = keys.find(accessKey)
                .orElseThrow(() -> new FastnException(
                        ErrorCode.KEY_UNKNOWN,
                        "access key in header " + ACCESS_KEY_HEADER + " is unknown, revoked or expired"));
        requireAccount(accountId);
        return new Caller(key.name(), tenantOf(key, tenantId), Optional.of(key.id()));
    }

    private void requireAccount(@Nullable String accountId) {
        if (accountId == null) {
            throw new FastnException(ErrorCode.ACCOUNT_REFUSED, "header " + ACCOUNT_HEADER + " is missing");
        }
        if (!accountId.equals(account.id())) {
            throw new FastnException(
                    ErrorCode.ACCOUNT_REFUSED,
                    "account in header " + ACCOUNT_HEADER + " is not the account of this installation");
        }
    }

    private static TenantId tenantOf(AccessKey key, @Nullable String tenantId) {
        if (tenantId != null) {
            TenantId asked = new TenantId(tenantId);
            if (!key.tenants().contains(asked)) {
                throw new FastnException(
                        ErrorCode.TENANT_REFUSED,
                        "tenant in header " + TENANT_HEADER + " is not a tenant of this access key");
            }
            return asked;
        }
        if (key.tenants().size() != 1) {
            throw new FastnException(
                    ErrorCode.REQUEST_FIELD,
                    "header " + TENANT_HEADER + " is missing, and the access key has "
                            + key.tenants().size() + " tenants");
        }
        return key.tenants().iterator().next();
    }
}
