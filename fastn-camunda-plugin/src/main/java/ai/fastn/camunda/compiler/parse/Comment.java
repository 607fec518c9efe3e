package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.diagnostic.SourceSpan;

/** A comment of the source; {@code text} is what stands between its marks. */
public record Comment(SourceSpan span, String text, boolean block) {}
