package ai.fastn.camunda.compiler.layout;

import java.util.ArrayList;
import java.util.List;

/** The graph of one process or sub-process, in the order of the document. */
record Plan(
        List<Cell> cells,
        List<Border> borders,
        List<Link> links,
        List<List<Link>> outgoing,
        List<List<Link>> incoming,
        List<List<Border>> bordersOf) {

    static Plan of(List<Cell> cells, List<Border> borders, List<Link> links) {
        List<List<Link>> outgoing = new ArrayList<>();
        List<List<Link>> incoming = new ArrayList<>();
        List<List<Border>> bordersOf = new ArrayList<>();
        for (int cell = 0; cell < cells.size(); cell++) {
            outgoing.add(new ArrayList<>());
            incoming.add(new ArrayList<>());
            bordersOf.add(new ArrayList<>());
        }
        borders.forEach(border -> bordersOf.get(border.host()).add(border));
        for (Link link : links) {
            outgoing.get(link.from()).add(link);
            incoming.get(link.to()).add(link);
        }
        return new Plan(List.copyOf(cells), List.copyOf(borders), List.copyOf(links), outgoing, incoming, bordersOf);
    }

    int size() {
        return cells.size();
    }
}
