import { EditorView } from '@codemirror/view';
import { screen } from '@testing-library/react';

/** The CodeMirror behind the text box of that name. */
export function editor(name: string | RegExp): EditorView {
  const view = EditorView.findFromDOM(screen.getByRole('textbox', { name }));
  if (!view) throw new Error(`no editor ${name}`);
  return view;
}

/** The lines that the code shows as marked. */
export const markedLines = () =>
  [...document.querySelectorAll('.cm-fastnLine')].map((line) => line.textContent);
