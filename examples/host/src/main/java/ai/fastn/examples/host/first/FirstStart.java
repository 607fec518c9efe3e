package ai.fastn.examples.host.first;

import ai.fastn.examples.host.DataFolder;
import ai.fastn.examples.host.demo.CarrierTokens;
import ai.fastn.examples.host.demo.DemoBackEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

/**
 * Sets the demo up as soon as the host answers requests: access key and secrets, every example that is not there yet
 * deployed, the HubSpot example executed once. At a later start there is nothing left to do. Ends with the greeting.
 */
@Component
class FirstStart {

    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);
    private static final String KEY_FILE = "demo-key";
    private static final String HUBSPOT_EXAMPLE = "hubspot-deal-to-gamma-deck";
    private static final String CARRIER = "demo-carrier";
    private static final Map<String, String> SECRETS = Map.of(
            "HUBSPOT_TOKEN", DemoBackEnd.CRM.apiKey(),
            "CRM_API_KEY", DemoBackEnd.CRM.apiKey(),
            "GAMMA_API_KEY", DemoBackEnd.GAMMA.apiKey(),
            "GAMMA_WORKSPACE_TOKEN", "sales-workspace-token",
            "GMAIL_TOKEN", DemoBackEnd.MAIL.apiKey(),
            "SHOP_API_KEY", DemoBackEnd.SHOP.apiKey(),
            "REPORT_API_KEY", DemoBackEnd.REPORT.apiKey());

    private final String hostUrl;
    private final DataFolder folder;
    private final DemoTenant tenant;

    FirstStart(@Value("${fastn.host.url}") String hostUrl, DataFolder folder, DemoTenant tenant) {
        this.hostUrl = hostUrl;
        this.folder = folder;
        this.tenant = tenant;
    }

    @EventListener(ApplicationReadyEvent.class)
    void hostIsReady() {
        Greeting greeting = new Greeting(hostUrl, folder);
        Optional<String> kept =
                folder.find(KEY_FILE).filter(key -> new WorkflowsClient(hostUrl, tenant, key).knowsAccessKey());
        String key = kept.orElseGet(this::setUp);
        WorkflowsClient client = new WorkflowsClient(hostUrl, tenant, key);
        SECRETS.forEach(tenant::keepMissingSecret);
        connectCarrier(client);
        if (installMissing(client).contains(HUBSPOT_EXAMPLE)) {
            client.execute(HUBSPOT_EXAMPLE, Greeting.dealEvent(9001));
        }
        LOG.info(greeting.withCommand(HUBSPOT_EXAMPLE, tenant, kept.isPresent() ? keyFromFile() : key));
    }

    private String setUp() {
        String key = tenant.createAccessKey();
        folder.keep(KEY_FILE, key);
        return key;
    }

    /** The one service whose API asks for OAuth tokens. */
    private static void connectCarrier(WorkflowsClient client) {
        if (!client.hasConnection(CARRIER)) {
            client.connect(
                    CARRIER, Map.of("clientId", CarrierTokens.CLIENT_ID, "clientSecret", CarrierTokens.CLIENT_SECRET));
        }
    }

    private List<String> installMissing(WorkflowsClient client) {
        List<String> installed = new ArrayList<>();
        for (Example example : Example.all()) {
            try {
                if (!client.has(example)) {
                    client.install(example);
                    installed.add(example.slug());
                    LOG.info("Example \"{}\" is compiled, published and deployed", example.slug());
                }
            } catch (RestClientException e) {
                LOG.error("Example \"{}\" is not deployed: {}", example.slug(), e.getMessage());
            }
        }
        return installed;
    }

    /** A key is shown once; the command of a later start takes it from the file that only the host's user can read. */
    private String keyFromFile() {
        return "$(cat '" + folder.resolve(KEY_FILE) + "')";
    }
}
