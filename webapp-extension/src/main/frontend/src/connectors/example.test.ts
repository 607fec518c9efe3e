import { describe, expect, it } from 'vitest';
import type { Action, Connector } from '../api/connectors';
import { exampleCall, shape, shapes } from './example';

const connector = { accessor: 'myShop' } as Connector;
const action = (more: Partial<Action>) =>
  ({ name: 'getOrder', parameters: [], examples: [], ...more }) as Action;
const parameter = (name: string, type: string, required = true) => ({
  name,
  type,
  required,
  description: '',
});

describe('the example of an action', () => {
  it('is the one of the definition, as code', () => {
    const examples = [{ orderId: '4711', 'x-trace': true }];
    expect(exampleCall(connector, action({ examples }))).toBe(
      'await fastn.connector.myShop.getOrder({ orderId: "4711", "x-trace": true })',
    );
  });

  it('is made of the required parameters where the definition gives none', () => {
    const parameters = [parameter('id', 'integer'), parameter('note', 'string', false)];
    expect(exampleCall(connector, action({ parameters }))).toBe(
      'await fastn.connector.myShop.getOrder({ id: 1 })',
    );
    expect(exampleCall(connector, action({}))).toBe('await fastn.connector.myShop.getOrder()');
  });

  it('stands over several lines when it is long', () => {
    const examples = [{ to: 'someone@example.com', subject: 'x'.repeat(70), tags: ['a', 'b'] }];
    expect(exampleCall(connector, action({ examples })).split('\n')).toEqual([
      'await fastn.connector.myShop.getOrder({',
      '  to: "someone@example.com",',
      `  subject: "${'x'.repeat(70)}",`,
      '  tags: ["a", "b"],',
      '})',
    ]);
  });
});

describe('the shape of an output', () => {
  it.each([
    [{ type: 'string' }, 'string'],
    [{ type: ['integer', 'null'] }, 'number | null'],
    [{ enum: ['a', 2] }, '"a" | 2'],
    [
      { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'boolean' }] } },
      '(string | boolean)[]',
    ],
    [{ $ref: '#/$defs/Order' }, 'Order'],
    [{ type: 'object', additionalProperties: { type: 'number' } }, 'Record<string, number>'],
    [true, 'any'],
    [
      { type: 'object', required: ['id'], properties: { id: { type: 'string' }, 'a-b': {} } },
      '{\n  id: string;\n  "a-b"?: any;\n}',
    ],
  ])('%j is %s', (schema, words) => {
    expect(shape(schema)).toBe(words);
  });

  it('says what the names in it mean, also in circles', () => {
    const Pet = {
      type: 'object',
      properties: { owner: { $ref: '#/$defs/Person' } },
    };
    const Person = { type: 'object', properties: { pet: { $ref: '#/$defs/Pet' } } };
    expect(shapes({ type: 'array', items: { $ref: '#/$defs/Pet' } }, { Pet, Person })).toBe(
      'Pet[]\n\nPet: {\n  owner?: Person;\n}\n\nPerson: {\n  pet?: Pet;\n}',
    );
  });
});
