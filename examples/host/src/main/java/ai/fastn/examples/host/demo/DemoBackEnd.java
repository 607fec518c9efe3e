package ai.fastn.examples.host.demo;

import java.util.Arrays;
import java.util.Optional;

/** The back ends: where each one listens and which API key it asks for. */
public enum DemoBackEnd {
    CRM("/demo/crm/", "crm-demo-key"),
    GAMMA("/demo/gamma/", "gamma-demo-key"),
    MAIL("/demo/mail/", "mail-demo-key"),
    SHOP("/demo/shop/", "shop-demo-key"),
    REPORT("/demo/report/", "report-demo-key");

    private final String path;
    private final String apiKey;

    DemoBackEnd(String path, String apiKey) {
        this.path = path;
        this.apiKey = apiKey;
    }

    /** The key that a caller sends as {@code Authorization: Bearer} or {@code X-API-KEY}. */
    public String apiKey() {
        return apiKey;
    }

    static Optional<DemoBackEnd> at(String requestPath) {
        return Arrays.stream(values())
                .filter(backEnd -> requestPath.startsWith(backEnd.path))
                .findFirst();
    }
}
