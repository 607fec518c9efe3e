package ai.fastn.camunda.crash;

import ai.fastn.camunda.execution.Execution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run has done to the world, comparable with what another run of the same workflow has: result, calls that
 * write, rows, state and recording. A number that the outside gave ({@code c17}) has another name, the same everywhere.
 */
final class Deeds {

    private static final Pattern GIVEN = Pattern.compile("\\bc\\d+");
    private static final String BESIDE = "-par-";

    private final DyingHost host;
    private final String id;

    Deeds(DyingHost host, String id) {
        this.host = host;
        this.id = id;
    }

    /** All of it as text. */
    String of(Execution execution) {
        List<String> lines = new ArrayList<>();
        lines.add(execution.status() + " " + execution.result().orElse(String.valueOf(execution.error())));
        lines.addAll(calls());
        lines.addAll(rows());
        lines.addAll(state());
        lines.addAll(recording(execution));
        return normal(String.join("\n", lines));
    }

    /** Calls that write, as the shop can tell them apart; those made beside each other in the order of their names. */
    private List<String> calls() {
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (String call : host.shop().calls()) {
            if (isOurs(call) && !call.startsWith("read/")) {
                seen.merge(call, 1, Integer::sum);
            }
        }
        List<String> lines = new ArrayList<>();
        List<String> beside = new ArrayList<>();
        for (Map.Entry<String, Integer> call : seen.entrySet()) {
            if (!call.getKey().contains(BESIDE)) {
                beside.stream().sorted().forEach(lines::add);
                beside.clear();
            }
            beside.add(call.getKey() + " done " + times(call.getKey(), call.getValue()));
        }
        beside.stream().sorted().forEach(lines::add);
        return lines;
    }

    private boolean isOurs(String call) {
        String value = call.substring(call.indexOf('/') + 1);
        return value.equals(id) || value.startsWith(id + "-");
    }

    /** A repetition counts where the shop can not recognise it. */
    private int times(String path, int calls) {
        return path.startsWith("once/")
                ? calls
                : host.shop().keys().getOrDefault(path, Set.of()).size();
    }

    private List<String> rows() {
        return host.tenants()
                .sql("SELECT 'row ' || what FROM " + host.doneTable() + " WHERE run = ? ORDER BY at")
                .param(id)
                .query(String.class)
                .list();
    }

    private List<String> state() {
        return host.engine()
                .sql("SELECT 'state ' || key || ' ' || value FROM fastn_state WHERE key = ? OR key LIKE ? ORDER BY key")
                .params(id, id + "-%")
                .query(String.class)
                .list();
    }

    /** What the recording says that the calls gave: the very answers that the code has seen. */
    private List<String> recording(Execution execution) {
        return host
                .engine()
                .sql("SELECT 'recorded ' || call || ' ' || arguments || ' ' || answer FROM fastn_recorded_call"
                        + " WHERE execution_id = ? ORDER BY epoch, ordinal")
                .param(execution.id().value())
                .query(String.class)
                .list()
                .stream()
                .map(line -> line.replaceAll("\"call\":(\\d+)", "c$1"))
                .toList();
    }

    private String normal(String text) {
        Set<String> given = new LinkedHashSet<>();
        Matcher names = GIVEN.matcher(text);
        while (names.find()) {
            given.add(names.group());
        }
        List<String> order = List.copyOf(given);
        return GIVEN.matcher(text.replace(id, "RUN")).replaceAll(name -> "#" + order.indexOf(name.group()));
    }
}
