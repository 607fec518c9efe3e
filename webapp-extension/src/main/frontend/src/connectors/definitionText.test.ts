import { describe, expect, it } from 'vitest';
import { asJson, asYaml, hasComments, lineOf, readDefinition } from './definitionText';

const TEXT = `slug: my-shop
auth: {type: apiKy}
actions:
  getOrder:
    method: GET
    pth: /orders
`;

describe('the text of a definition', () => {
  it('is YAML or JSON', () => {
    expect(readDefinition('slug: a\nactions: {}')).toEqual({ value: { slug: 'a', actions: {} } });
    expect(readDefinition('{"slug": "a"}')).toEqual({ value: { slug: 'a' } });
    for (const form of [asYaml, asJson])
      expect(readDefinition(form({ slug: 'a', on: 'yes' }))).toEqual({
        value: { slug: 'a', on: 'yes' },
      });
  });

  it('may have comments, which are not kept', () => {
    expect(hasComments('slug: a # mine\n')).toBe(true);
    expect(hasComments('# mine\nslug: a')).toBe(true);
    expect(hasComments('slug: "a # b"\ndocs: https://example.com/#top\n')).toBe(false);
  });

  it('that can not be read says in which line', () => {
    const read = readDefinition('slug: a\nactions: {a: 1\nb: }');
    expect(read).toHaveProperty('fault.line', 3);
    expect(readDefinition('- a')).toHaveProperty('fault.message', 'a definition is an object');
  });

  it.each([
    ['actions.getOrder has an unknown field "pth"; allowed are path', 6],
    ['auth.type is "apiKy"; allowed are apiKey', 2],
    ['the file has an unknown field "auth"; allowed are x', 2],
    ['actions.getOrder.path is missing', 4],
    ['baseUrl is missing', 1],
  ])('takes “%s” to its line', (words, line) => {
    expect(lineOf(TEXT, `connector definition my-shop: ${words}`)).toEqual({
      line,
      message: words,
    });
  });
});
