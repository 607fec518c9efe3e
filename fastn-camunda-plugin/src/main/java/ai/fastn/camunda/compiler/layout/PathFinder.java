package ai.fastn.camunda.compiler.layout;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/** Finds the cheapest way of an edge over the raster: short, with few bends, seldom across other edges (A*). */
final class PathFinder {

    private static final double BEND = 40;
    private static final double CROSSING = 60;
    private static final double SHARED_SEGMENT = 400;
    private static final double LABEL = 150;

    /** Loops return below what they repeat. */
    private static final double BACK_ABOVE = 4;

    private final Raster raster;
    private final double[] cost;
    private final int[] previous;

    /** In which search a state was reached last; saves clearing the arrays. */
    private final int[] reachedIn;

    private int search;

    /** Running back above this line costs extra. */
    private double floor;

    PathFinder(Raster raster) {
        this.raster = raster;
        this.cost = new double[raster.size() * 4];
        this.previous = new int[raster.size() * 4];
        this.reachedIn = new int[raster.size() * 4];
    }

    /**
     * A place where an edge may leave or enter a box.
     *
     * @param side side of the box
     * @param dock the point on its border
     * @param penalty what it costs to use it
     */
    record Port(Side side, Point dock, double penalty) {}

    /** A crossing entered in a direction, with the cost so far plus the least cost that remains. */
    private record Step(int state, double estimate, int order) implements Comparable<Step> {

        @Override
        public int compareTo(Step other) {
            int byEstimate = Double.compare(estimate, other.estimate);
            return byEstimate != 0 ? byEstimate : Integer.compare(order, other.order);
        }
    }

    /**
     * The crossings of the best way from one of the exits to one of the entries; empty where there is none.
     *
     * @param floor v above which the edge had better not run back
     */
    Found find(Link link, List<Port> exits, List<Port> entries, double floor) {
        search++;
        this.floor = floor;
        Goal goal = new Goal(raster, entries);
        PriorityQueue<Step> open = new PriorityQueue<>();
        for (Port exit : exits) {
            int crossing = raster.outside(exit.dock(), exit.side());
            reach(open, goal, state(crossing, exit.side()), -1, exit.penalty());
        }
        double best = Double.POSITIVE_INFINITY;
        int last = -1;
        while (!open.isEmpty() && open.element().estimate() < best) {
            Step step = open.remove();
            int state = step.state();
            if (step.estimate() > cost[state] + goal.distance(raster.at(state / 4)) + 1e-6) {
                continue;
            }
            double arrival = cost[state] + goal.arrival(state / 4, Side.ALL[state % 4]);
            if (arrival < best) {
                best = arrival;
                last = state;
            }
            expand(open, goal, link, state);
        }
        return last < 0 ? Found.NOTHING : found(last, exits, goal);
    }

    private void expand(PriorityQueue<Step> open, Goal goal, Link link, int state) {
        Side direction = Side.ALL[state % 4];
        int crossing = state / 4;
        for (Side side : Side.ALL) {
            int next = side == direction.opposite() ? -1 : raster.next(crossing, side);
            if (next >= 0 && !raster.isBlocked(next)) {
                double bend = side == direction ? 0 : BEND;
                reach(open, goal, state(next, side), state, cost[state] + bend + stepCost(link, crossing, next));
            }
        }
    }

    private double stepCost(Link link, int crossing, int next) {
        Point a = raster.at(crossing);
        Point b = raster.at(next);
        double sum = Math.abs(a.u() - b.u()) + Math.abs(a.v() - b.v());
        if (b.u() < a.u() && b.v() < floor) {
            sum *= BACK_ABOVE;
        }
        if (raster.isLabelled(next)) {
            sum += LABEL;
        }
        for (Link other : raster.passing(next)) {
            sum += meeting(link, other, raster.passing(crossing).contains(other));
        }
        return sum;
    }

    /** Edges to the same node may run together, those from the same node until they part. */
    private static double meeting(Link link, Link other, boolean together) {
        boolean sameExit = other.from() == link.from() && other.border() == link.border();
        if (other.to() == link.to() || (sameExit && together)) {
            return 0;
        }
        return together ? SHARED_SEGMENT : CROSSING;
    }

    private void reach(PriorityQueue<Step> open, Goal goal, int state, int from, double newCost) {
        if (reachedIn[state] != search || newCost < cost[state]) {
            reachedIn[state] = search;
            cost[state] = newCost;
            previous[state] = from;
            open.add(new Step(state, newCost + goal.distance(raster.at(state / 4)), open.size()));
        }
    }

    private Found found(int last, List<Port> exits, Goal goal) {
        Deque<Integer> crossings = new ArrayDeque<>();
        int state = last;
        while (true) {
            crossings.addFirst(state / 4);
            if (previous[state] < 0) {
                break;
            }
            state = previous[state];
        }
        Side first = Side.ALL[state % 4];
        Port exit =
                exits.stream().filter(port -> port.side() == first).findFirst().orElseThrow();
        return new Found(exit.dock(), List.copyOf(crossings), goal.dock(last / 4, Side.ALL[last % 4]));
    }

    private static int state(int crossing, Side direction) {
        return crossing * 4 + direction.index;
    }

    /** A way: docks at both ends and the crossings between them. */
    record Found(Point exit, List<Integer> crossings, Point entry) {

        static final Found NOTHING = new Found(new Point(0, 0), List.of(), new Point(0, 0));
    }

    /** Where a search ends. */
    private static final class Goal {

        private final List<Port> entries;
        private final int[] crossings;
        private final Point[] points;

        Goal(Raster raster, List<Port> entries) {
            this.entries = entries;
            this.crossings = entries.stream()
                    .mapToInt(entry -> raster.outside(entry.dock(), entry.side()))
                    .toArray();
            this.points = Arrays.stream(crossings).mapToObj(raster::at).toArray(Point[]::new);
        }

        double distance(Point from) {
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < points.length; i++) {
                double distance = Math.abs(points[i].u() - from.u()) + Math.abs(points[i].v() - from.v());
                least = Math.min(least, distance + entries.get(i).penalty());
            }
            return least;
        }

        double arrival(int crossing, Side direction) {
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < crossings.length; i++) {
                if (crossings[i] == crossing) {
                    least = Math.min(least, turn(direction, i) + entries.get(i).penalty());
                }
            }
            return least;
        }

        private double turn(Side direction, int entry) {
            Side inwards = entries.get(entry).side().opposite();
            if (direction == inwards) {
                return 0;
            }
            return direction == inwards.opposite() ? Double.POSITIVE_INFINITY : BEND;
        }

        Point dock(int crossing, Side direction) {
            Port best = entries.get(0);
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < crossings.length; i++) {
                double price = turn(direction, i) + entries.get(i).penalty();
                if (crossings[i] == crossing && price < least) {
                    least = price;
                    best = entries.get(i);
                }
            }
            return best.dock();
        }
    }
}
