import { defaultKeymap } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { look } from './look';

export interface Sides {
  from: string;
  to: string;
  fromLabel: string;
  toLabel: string;
}

const colours = EditorView.theme({
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: '#fdf0f1' },
  '&.cm-merge-b .cm-changedLine, .cm-inlineChangedLine': { backgroundColor: '#edf7f0' },
  '&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText': { background: '#f7c9cf' },
  '&.cm-merge-b .cm-changedText': { background: '#bfe5cc' },
  '.cm-deletedChunk': { paddingLeft: '6px' },
  '.cm-collapsedLines': {
    padding: '3px 12px',
    background: '#f1f3f6',
    color: '#50545b',
  },
});

function reading(label: string): Extension {
  return [
    lineNumbers(),
    drawSelection(),
    EditorView.lineWrapping,
    javascript({ typescript: true }),
    EditorState.readOnly.of(true),
    EditorView.contentAttributes.of({
      'aria-label': label,
      'aria-readonly': 'true',
      tabindex: '0',
    }),
    keymap.of([...searchKeymap, ...defaultKeymap]),
    look,
    colours,
  ];
}

const collapseUnchanged = { margin: 4, minSize: 8 };

/** Two texts, beside each other or as one with what is gone between the lines. Returns what takes it away. */
export function showDiff(parent: HTMLElement, sides: Sides, unified: boolean): () => void {
  if (!unified) {
    const view = new MergeView({
      parent,
      a: { doc: sides.from, extensions: reading(sides.fromLabel) },
      b: { doc: sides.to, extensions: reading(sides.toLabel) },
      collapseUnchanged,
      gutter: true,
    });
    return () => view.destroy();
  }
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: sides.to,
      extensions: [
        reading(sides.toLabel),
        unifiedMergeView({
          original: sides.from,
          mergeControls: false,
          collapseUnchanged,
          gutter: true,
        }),
      ],
    }),
  });
  return () => view.destroy();
}
