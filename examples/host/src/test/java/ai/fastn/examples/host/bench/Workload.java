package ai.fastn.examples.host.bench;

import java.util.Set;

/** What is measured; the peers take turns within each round, so that a slow moment of the machine hits all of them. */
enum Workload {
    W1("Instant, pure code"),
    W2("Instant, decision, database read and write"),
    W3("Standard, five reads and five writes, 4 threads"),
    W4("one run over 10,000 items with a growing result"),
    W8("200 timers and retries, idle otherwise"),
    W9("warm step without work"),
    W10("soak with a heap of 512 MB"),
    W11("connector calls of one step");

    private final String words;

    Workload(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    boolean isMeasuredBy(String peer) {
        return peers().contains(peer);
    }

    private Set<String> peers() {
        return switch (this) {
            case W1 -> Set.of("fastn", "stock");
            case W3 -> Set.of("fastn", "stock", "dbos");
            case W10 -> Set.of("soak");
            default -> Set.of("fastn");
        };
    }

    /** Timers and long runs are not repeated: they take their time, and compare Fastn only with itself. */
    boolean isRepeated() {
        return this != W4 && this != W8 && this != W10;
    }
}
