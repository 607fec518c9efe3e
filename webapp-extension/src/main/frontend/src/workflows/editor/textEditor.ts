import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, foldGutter, indentOnInput } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { search, searchKeymap } from '@codemirror/search';
import { EditorState, Prec } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { look } from './look';

export interface TextEditor {
  text(): string;
  set(text: string): void;
  /** Marks a line with what is wrong there; null takes the mark away. */
  fault(fault: { line: number; message: string } | null): void;
  destroy(): void;
}

/** An editor for YAML or JSON; Mod-S saves, Escape then Tab leaves it. */
export function createTextEditor(
  parent: HTMLElement,
  options: { label: string; text: string; onChange(text: string): void; onSave(): void },
): TextEditor {
  const save = () => {
    options.onSave();
    return true;
  };
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        Prec.highest(keymap.of([{ key: 'Mod-s', run: save, preventDefault: true }])),
        lineNumbers(),
        foldGutter(),
        history(),
        drawSelection(),
        bracketMatching(),
        indentOnInput(),
        search({ top: true }),
        yaml(),
        lintGutter(),
        EditorState.tabSize.of(2),
        EditorView.contentAttributes.of({ 'aria-label': options.label, tabindex: '0' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onChange(update.state.doc.toString());
        }),
        keymap.of([...searchKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
        look,
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    set: (text) => {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    fault: (fault) => {
      const marks: Diagnostic[] = [];
      if (fault) {
        const line = view.state.doc.line(Math.max(1, Math.min(fault.line, view.state.doc.lines)));
        const { from, to } = line;
        marks.push({ from, to, severity: 'error', message: fault.message });
      }
      view.dispatch(setDiagnostics(view.state, marks));
      const [mark] = marks;
      if (mark) view.dispatch({ effects: EditorView.scrollIntoView(mark.from, { y: 'center' }) });
    },
    destroy: () => view.destroy(),
  };
}
