import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { linter, lintGutter } from '@codemirror/lint';
import { EditorState, Prec } from '@codemirror/state';
import { drawSelection, EditorView, keymap } from '@codemirror/view';
import { parseJson } from '../json';
import { look } from './look';

export interface JsonEditor {
  set(text: string): void;
  destroy(): void;
}

const faults = linter(
  ({ state: { doc } }) => {
    const text = doc.toString();
    const parsed = text.trim() === '' ? null : parseJson(text);
    if (!parsed || !('fault' in parsed)) return [];
    const { at, message } = parsed.fault;
    const from = Math.min(at, Math.max(0, doc.length - 1));
    return [{ from, to: Math.min(from + 1, doc.length), severity: 'error', message }];
  },
  { delay: 300 },
);

/** A small editor for one JSON text; a fault is marked at its place. */
export function createJsonEditor(
  parent: HTMLElement,
  options: { label: string; text: string; onChange(text: string): void; onRun(): void },
): JsonEditor {
  const run = () => {
    options.onRun();
    return true;
  };
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        Prec.highest(keymap.of([{ key: 'Mod-Enter', run }])),
        history(),
        drawSelection(),
        bracketMatching(),
        indentOnInput(),
        json(),
        faults,
        lintGutter(),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': options.label, tabindex: '0' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onChange(update.state.doc.toString());
        }),
        keymap.of([...historyKeymap, ...defaultKeymap]),
        look,
      ],
    }),
  });
  return {
    set: (text) => {
      if (view.state.doc.toString() === text) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    destroy: () => view.destroy(),
  };
}
