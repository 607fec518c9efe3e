package ai.fastn.camunda.compiler.slice;

import java.util.ArrayList;
import java.util.List;

/** A place that ways lead to before it exists. */
final class Label {

    final List<OpenBranch> arriving = new ArrayList<>();
}
