package ai.fastn.examples.host.first;

import ai.fastn.camunda.access.AccessKeys;
import ai.fastn.camunda.access.Account;
import ai.fastn.camunda.effect.secret.SecretStore;
import ai.fastn.camunda.workflow.TenantId;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The default tenant of the demo, set up through the plugin's own beans. */
@Component
public class DemoTenant {

    private static final String WHO = "first-start";

    private final Account account;
    private final AccessKeys keys;
    private final SecretStore secrets;

    DemoTenant(Account account, AccessKeys keys, SecretStore secrets) {
        this.account = account;
        this.keys = keys;
        this.secrets = secrets;
    }

    public String accountId() {
        return account.id();
    }

    public String tenantId() {
        return TenantId.DEFAULT.value();
    }

    public String createAccessKey() {
        return keys.create("Demo", Set.of(TenantId.DEFAULT), Optional.empty(), WHO)
                .key();
    }

    /** A secret that is there stays what it is. */
    public void keepMissingSecret(String name, String value) {
        if (secrets.list(TenantId.DEFAULT).stream()
                .noneMatch(entry -> entry.name().equals(name))) {
            secrets.put(TenantId.DEFAULT, Optional.empty(), name, value, WHO);
        }
    }
}
