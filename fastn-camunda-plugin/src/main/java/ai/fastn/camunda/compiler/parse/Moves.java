package ai.fastn.camunda.compiler.parse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Where the text that the parser made comes from in the text of the author, when it had to write something anew. */
public final class Moves {

    /** Nothing has moved. */
    public static final Moves NONE = new Moves(List.of());

    /** For each rewriting, the last first: offset afterwards, offset before, 1 where the text is the same; flat. */
    private final List<int[]> rewritings;

    private Moves(List<int[]> rewritings) {
        this.rewritings = rewritings;
    }

    static Moves of(JsonNode answer) {
        List<int[]> rewritings = new ArrayList<>();
        for (JsonNode moves : answer.path("moves")) {
            int[] flat = new int[moves.size()];
            for (int i = 0; i < flat.length; i++) {
                flat[i] = moves.get(i).asInt();
            }
            rewritings.add(0, flat);
        }
        return rewritings.isEmpty() ? NONE : new Moves(rewritings);
    }

    /** The offset in the author's text; all that was written anew stands where what it replaces begins. */
    int originOf(int offset) {
        int at = offset;
        for (int[] moves : rewritings) {
            at = before(moves, at);
        }
        return at;
    }

    private static int before(int[] moves, int offset) {
        int low = 0;
        int high = moves.length / 3 - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (moves[middle * 3] <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        int from = low * 3;
        return moves[from + 2] == 1 ? moves[from + 1] + offset - moves[from] : moves[from + 1];
    }
}
