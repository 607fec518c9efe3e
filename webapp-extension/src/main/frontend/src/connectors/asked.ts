import type { Asked, AuthKind, Connection, Connector } from '../api/connectors';

/** One thing to fill in: a setting, a secret field, or a list of settings, a line each. */
export interface Question {
  what: 'setting' | 'field' | 'list';
  name: string;
  title: string;
  needed: boolean;
}

/** Names of fields that are no secret and may be seen while they are typed. */
export const SHOWN = ['username', 'clientId'];

const MENTIONED = /\{([A-Za-z]\w*)\}/g;

/** The user's name before the password. */
const ordered = (fields: string[]) => [
  ...fields.filter((name) => SHOWN.includes(name)),
  ...fields.filter((name) => !SHOWN.includes(name)),
];

function field(name: string, needed: boolean): Question {
  return { what: 'field', name, title: name, needed };
}

/** What is asked for, what is needed first. */
export function questions({ fields, settings, needs }: Asked): Question[] {
  const all: Question[] = [
    ...Object.entries(settings).map(([name, title]) => ({
      what: 'setting' as const,
      name,
      title,
      needed: needs.includes(name),
    })),
    ...ordered(fields).map((name) => field(name, needs.includes(name))),
  ];
  return [...all.filter(({ needed }) => needed), ...all.filter(({ needed }) => !needed)];
}

/** What a kind of authentication asks for; `more` can be folded away. */
export function kindQuestions(
  connector: Connector,
  kind: AuthKind,
  values: Record<string, string>,
): { shown: Question[]; more: Question[] } {
  const own = questions(kind);
  const lists = Object.entries(kind.lists).map(
    ([name, title]): Question => ({ what: 'list', name, title, needed: false }),
  );
  if (kind.namesFields) {
    const texts = lists.map(({ name }) => values[name] ?? '');
    const named = mentioned(connector, texts).map((name) => field(name, true));
    const [needed, optional] = [own.filter((q) => q.needed), own.filter((q) => !q.needed)];
    return { shown: [...needed, ...lists, ...named, ...optional], more: [] };
  }
  const optional = [...own.filter(({ needed }) => !needed), ...lists];
  if (optional.length <= 3) return { shown: [...own, ...lists], more: [] };
  return { shown: own.filter(({ needed }) => needed), more: optional };
}

/** The secret fields that texts such as `{password}` mention; a name of a setting is none. */
function mentioned({ connection }: Connector, texts: string[]): string[] {
  const names = texts.flatMap((text) => [...text.matchAll(MENTIONED)].map(([, name = '']) => name));
  return ordered([...new Set(names)].filter((name) => !(name in connection.settings)));
}

/** The secret fields that a connection has, which it may have chosen itself. */
export function fieldsOf(connector: Connector, { method, settings }: Connection): string[] {
  const { auths, fields } = connector.connection;
  const kind = auths.find(({ type }) => type === method);
  if (!kind?.namesFields) return ordered(kind?.fields ?? fields);
  const isMember = (name: string) => Object.keys(kind.lists).some((l) => name.startsWith(`${l}.`));
  const members = Object.entries(settings).filter(([name]) => isMember(name));
  return mentioned(
    connector,
    members.map(([, text]) => text),
  );
}

const MEMBER = /^\s*([^:\s]+)\s*:\s*(.*\S)\s*$/;

const lines = (text: string) => text.split('\n').filter((line) => line.trim() !== '');

/** The first line of a list that is no name with a value. */
export function wrongLine(asked: Question[], values: Record<string, string>): string | undefined {
  return asked
    .filter(({ what }) => what === 'list')
    .flatMap(({ name }) => lines(values[name] ?? ''))
    .find((line) => !MEMBER.test(line));
}

/** What was filled in, as a connection has it. */
export function answers(
  asked: Question[],
  values: Record<string, string>,
): { fields: Record<string, string>; settings: Record<string, string> } {
  const fields: Record<string, string> = {};
  const settings: Record<string, string> = {};
  for (const { what, name } of asked) {
    const value = values[name] ?? '';
    if (value === '') continue;
    if (what === 'field') fields[name] = value;
    else if (what === 'setting') settings[name] = value;
    else Object.assign(settings, members(name, value));
  }
  return { fields, settings };
}

const members = (list: string, text: string) =>
  Object.fromEntries(
    lines(text).map((line) => {
      const [, name, value] = MEMBER.exec(line) ?? [];
      return [`${list}.${name}`, value];
    }),
  );
