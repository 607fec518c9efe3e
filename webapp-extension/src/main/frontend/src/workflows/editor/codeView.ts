import { defaultKeymap } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { bracketMatching, foldGutter, foldKeymap } from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, StateEffect, StateField, type Text } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import type { SourceRange } from '../source';
import { look } from './look';

export interface CodeView {
  show(code: string): void;
  mark(mark: { range: SourceRange; reveal: boolean } | null): void;
  destroy(): void;
}

const setMark = StateEffect.define<SourceRange | null>();

const marked = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, transaction) {
    let result = transaction.docChanged ? Decoration.none : set;
    for (const effect of transaction.effects) {
      if (effect.is(setMark)) result = decorations(transaction.state.doc, effect.value);
    }
    return result;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function decorations(doc: Text, range: SourceRange | null): DecorationSet {
  if (!range) return Decoration.none;
  const from = offset(doc, range.line, range.column);
  const to = Math.max(from, offset(doc, range.endLine, range.endColumn));
  const lines = [];
  for (let n = doc.lineAt(from).number; n <= doc.lineAt(to).number; n++) {
    lines.push(Decoration.line({ class: 'cm-fastnLine' }).range(doc.line(n).from));
  }
  const exact = to > from ? [Decoration.mark({ class: 'cm-fastnMark' }).range(from, to)] : [];
  return Decoration.set([...lines, ...exact], true);
}

/** A place beyond the text (the code was changed since) becomes its nearest one. */
function offset(doc: Text, line: number, column: number): number {
  const at = doc.line(Math.max(1, Math.min(line, doc.lines)));
  return at.from + Math.max(0, Math.min(column - 1, at.length));
}

/** The author's code to read: lines, folds, search, and a mark from the Flow or from an error. */
export function createCodeView(
  parent: HTMLElement,
  options: {
    label: string;
    onCursor(line: number, column: number): void;
    onPoint(place: { line: number; column: number } | null): void;
  },
): CodeView {
  const follow = EditorView.updateListener.of((update) => {
    const byReader = update.transactions.some((transaction) => transaction.isUserEvent('select'));
    if (!byReader) return;
    const line = update.state.doc.lineAt(update.state.selection.main.head);
    options.onCursor(line.number, update.state.selection.main.head - line.from + 1);
  });
  let pointed = -1;
  const point = EditorView.domEventHandlers({
    mousemove: ({ clientX: x, clientY: y }, { state }) => {
      const at = view.posAtCoords({ x, y });
      if (at === null) return;
      const from = state.wordAt(at)?.from ?? at;
      if (from === pointed) return;
      pointed = from;
      const line = state.doc.lineAt(from);
      options.onPoint({ line: line.number, column: from - line.from + 1 });
    },
    mouseleave: () => {
      pointed = -1;
      options.onPoint(null);
    },
  });
  const view = new EditorView({
    parent,
    state: EditorState.create({
      extensions: [
        lineNumbers(),
        highlightActiveLineGutter(),
        foldGutter(),
        drawSelection(),
        bracketMatching(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        search({ top: true }),
        javascript({ typescript: true }),
        EditorState.readOnly.of(true),
        EditorView.contentAttributes.of({
          'aria-label': options.label,
          'aria-readonly': 'true',
          tabindex: '0',
        }),
        keymap.of([...searchKeymap, ...foldKeymap, ...defaultKeymap]),
        marked,
        follow,
        point,
        look,
      ],
    }),
  });
  return {
    show: (code) => {
      if (view.state.doc.toString() === code) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: code } });
    },
    mark: (mark) => {
      const effects: StateEffect<unknown>[] = [setMark.of(mark?.range ?? null)];
      if (mark?.reveal) {
        const at = offset(view.state.doc, mark.range.line, mark.range.column);
        effects.push(EditorView.scrollIntoView(at, { y: 'center' }));
      }
      view.dispatch({ effects });
    },
    destroy: () => view.destroy(),
  };
}
