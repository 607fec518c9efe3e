import type { Action, Connector } from '../api/connectors';

const NAME = /^[A-Za-z_$][\w$]*$/;

/** The input to show and to try first: the definition's own example, else what is required with a value of its type. */
export function exampleInput(action: Action): unknown {
  if (action.examples.length > 0) return action.examples[0];
  const required = action.parameters.filter((parameter) => parameter.required);
  return Object.fromEntries(required.map(({ name, type }) => [name, sample(type)]));
}

function sample(type: string): unknown {
  switch (type) {
    case 'number':
    case 'integer':
      return 1;
    case 'boolean':
      return true;
    case 'array':
      return [];
    case 'object':
      return {};
    default:
      return '…';
  }
}

/** `await fastn.connector.myShop.getOrder({ orderId: "4711" })`. */
export function exampleCall(connector: Connector, action: Action): string {
  const input = literal(exampleInput(action), '');
  const argument = input === '{}' ? '' : input;
  return `await fastn.connector.${connector.accessor}.${action.name}(${argument})`;
}

/** A JSON value as people write it in JavaScript; long ones over several lines. */
function literal(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const list = Array.isArray(value);
  const deeper = `${indent}  `;
  const parts = Object.entries(value).map(([name, inner]) => {
    const text = literal(inner, deeper);
    if (list) return text;
    return `${NAME.test(name) ? name : JSON.stringify(name)}: ${text}`;
  });
  const [open, close] = list ? '[]' : '{}';
  if (parts.length === 0) return `${open}${close}`;
  const line = list ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
  if (line.length <= 72 && !line.includes('\n')) return line;
  return `${open}\n${parts.map((part) => `${deeper}${part},`).join('\n')}\n${indent}${close}`;
}

type Schema = Record<string, unknown>;

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A JSON Schema in the words of TypeScript: `{ id: string; total?: number }`. References stay names. */
export function shape(schema: unknown, indent = '', depth = 0): string {
  if (!isSchema(schema)) return schema === false ? 'never' : 'any';
  const { $ref, type } = schema;
  if (typeof $ref === 'string') return $ref.split('/').at(-1) ?? 'any';
  if (Array.isArray(schema.enum))
    return schema.enum.map((each) => JSON.stringify(each)).join(' | ');
  if ('const' in schema) return JSON.stringify(schema.const);
  for (const [word, sign] of [
    ['oneOf', ' | '],
    ['anyOf', ' | '],
    ['allOf', ' & '],
  ] as const) {
    const parts = schema[word];
    if (Array.isArray(parts)) return parts.map((part) => shape(part, indent, depth)).join(sign);
  }
  if (Array.isArray(type)) {
    return type.map((each) => shape({ ...schema, type: each }, indent, depth)).join(' | ');
  }
  if (type === 'array') {
    const item = shape(schema.items, indent, depth);
    return /[|&]/.test(item) && !item.startsWith('{') ? `(${item})[]` : `${item}[]`;
  }
  if (type === 'object' || isSchema(schema.properties)) return members(schema, indent, depth);
  if (type === 'integer') return 'number';
  return typeof type === 'string' ? type : 'any';
}

const DEEPEST = 8;

function members(schema: Schema, indent: string, depth: number): string {
  const properties = isSchema(schema.properties) ? Object.entries(schema.properties) : [];
  const others = schema.additionalProperties;
  const deeper = `${indent}  `;
  if (properties.length === 0) {
    return isSchema(others) ? `Record<string, ${shape(others, indent, depth + 1)}>` : 'object';
  }
  if (depth >= DEEPEST) return '{ … }';
  const required = Array.isArray(schema.required) ? schema.required : [];
  const lines = properties.map(([name, inner]) => {
    const key = NAME.test(name) ? name : JSON.stringify(name);
    const mark = required.includes(name) ? '' : '?';
    return `${deeper}${key}${mark}: ${shape(inner, deeper, depth + 1)};`;
  });
  return `{\n${lines.join('\n')}\n${indent}}`;
}

/** The shape, and below it those of the names it refers to, each once. */
export function shapes(schema: unknown, schemas: Record<string, unknown>): string {
  const done = new Set<string>();
  const parts = [shape(schema)];
  const follow = (text: string) => {
    for (const [name] of text.matchAll(/[A-Za-z_$][\w$.-]*/g)) {
      const found = schemas[name];
      if (found === undefined || done.has(name)) continue;
      done.add(name);
      const inner = shape(found);
      parts.push(`${name}: ${inner}`);
      follow(inner);
    }
  };
  follow(parts[0] ?? '');
  return parts.join('\n\n');
}
