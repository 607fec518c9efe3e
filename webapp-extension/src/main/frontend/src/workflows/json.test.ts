import { describe, expect, it } from 'vitest';
import { parseJson } from './json';

describe('reading JSON', () => {
  it.each(['{}', '[1, -2.5e3, "a\\u00e9\\n", null]', ' {"a": {"b": [true, false]}} '])(
    'reads %s',
    (text) => {
      expect(parseJson(text)).toEqual({ value: JSON.parse(text) });
    },
  );

  it.each([
    ['', 1, 1, 'the text ends too early; a value is missing'],
    ['{"a": }', 1, 7, 'a value is needed here'],
    ['{"a": 1,}', 1, 9, 'a name in double quotes is needed here'],
    ['{a: 1}', 1, 2, 'a name in double quotes is needed here'],
    ['{"a" 1}', 1, 6, 'a colon is needed here'],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, 'a comma or } is needed here'],
    ['[1, 2', 1, 6, 'the text ends too early; a comma or ] is missing'],
    ['{"a": "b', 1, 9, 'the text ends too early; the closing double quote is missing'],
    ['{"a": "b\nc"}', 1, 9, 'the closing double quote is needed here'],
    ['{"a": "\\x"}', 1, 8, 'a known escape like \\n is needed here'],
    ['{} {}', 1, 4, 'the end of the text is needed here'],
    ['[01]', 1, 3, 'a comma or ] is needed here'],
  ])('places the fault of %j', (text, line, column, message) => {
    expect(parseJson(text)).toMatchObject({ fault: { line, column, message } });
  });
});
