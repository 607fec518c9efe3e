/** A place in the author's code: lines and columns from 1, the end exclusive. */
export interface SourceRange {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** Reads `fastn:source`, "12:3-14:5". */
export function parseSource(text: string | undefined): SourceRange | null {
  const found = /^(\d+):(\d+)-(\d+):(\d+)$/.exec(text ?? '');
  if (!found) return null;
  const [line = 0, column = 0, endLine = 0, endColumn = 0] = found.slice(1).map(Number);
  return { line, column, endLine, endColumn };
}

const before = (l1: number, c1: number, l2: number, c2: number) =>
  l1 < l2 || (l1 === l2 && c1 <= c2);

/** The smallest of `nodes` whose source holds the place. A place at the margin counts to what its line starts with. */
export function nodeAt<N extends { range: SourceRange | null }>(
  nodes: readonly N[],
  line: number,
  column: number,
): N | null {
  const holding = nodes.filter(
    ({ range }) =>
      range &&
      before(range.line, range.column, line, column) &&
      before(line, column, range.endLine, range.endColumn),
  );
  const onLine = holding.length
    ? holding
    : nodes.filter(({ range }) => range && range.line <= line && line <= range.endLine);
  return onLine.toSorted((a, b) => extent(a.range) - extent(b.range))[0] ?? null;
}

const extent = (range: SourceRange | null) =>
  range ? (range.endLine - range.line) * 10_000 + range.endColumn - range.column : 0;
