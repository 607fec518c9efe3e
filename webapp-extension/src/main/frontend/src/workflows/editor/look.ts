import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const highlight = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.moduleKeyword, tags.controlKeyword],
    color: '#8b1a4f',
    fontWeight: '500',
  },
  { tag: [tags.string, tags.special(tags.string)], color: '#17653a' },
  { tag: [tags.number, tags.bool, tags.null], color: '#0f56ab' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: '#5a3e9b' },
  { tag: tags.propertyName, color: '#7c3a1d' },
  { tag: tags.typeName, color: '#0b6a75' },
  {
    tag: [tags.comment, tags.lineComment, tags.blockComment],
    color: '#656a72',
    fontStyle: 'italic',
  },
  { tag: tags.regexp, color: '#a0480a' },
  { tag: tags.invalid, color: '#a81228' },
]);

const theme = EditorView.theme({
  '&': { fontSize: '13px', color: '#2f3237', backgroundColor: '#fff' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--fw-mono)', lineHeight: '20px' },
  '.cm-content': { padding: '8px 0' },
  '.cm-line': { padding: '0 12px 0 6px' },
  '.cm-gutters': { backgroundColor: '#fff', color: '#676c74', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 4px 0 14px', minWidth: '38px' },
  '.cm-foldGutter .cm-gutterElement': { padding: '0 2px', color: '#9a9ea5' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine, &.cm-focused .cm-activeLineGutter': { backgroundColor: '#f4f6f9' },
  '.cm-fastnLine': { backgroundColor: '#fff6dd' },
  '.cm-fastnMark': { boxShadow: 'inset 0 -2px 0 #e0a100' },
  '.cm-panels': { backgroundColor: '#f6f7f8', color: '#2f3237', borderColor: '#e1e3e6' },
  '.cm-tooltip': {
    border: '1px solid #c9ccd1',
    borderRadius: '3px',
    backgroundColor: '#fff',
    fontSize: '12px',
  },
});

/** Colours and measures of our editors. */
export const look = [theme, syntaxHighlighting(highlight)];
