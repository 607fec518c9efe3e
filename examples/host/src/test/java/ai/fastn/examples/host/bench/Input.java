package ai.fastn.examples.host.bench;

import java.util.Map;

/** The order that every peer works on. */
final class Input {

    static final String JSON = """
            {"items":[{"sku":"CHAIR-01","price":249,"quantity":2},{"sku":"LAMP-03","price":39,"quantity":5}]}""";
    static final Map<String, Object> VARIABLES = Map.of("input", JSON);
    static final int RUNS = Integer.getInteger("bench.runs", 250);

    private Input() {}
}
