// Migrates records from the old tracker to the new one. Resumable: progress in state, order by dependencies, dry run, verification.
type Kind = "user" | "project" | "issue" | "comment";

interface Rec {
  readonly id: string;
  readonly kind: Kind;
  readonly refs: readonly string[];
  readonly data: Record<string, unknown>;
}

interface Progress {
  phase: Phase;
  ids: Record<string, string>;
  failed: Record<string, string>;
}

enum Phase {
  Load = "load",
  Copy = "copy",
  Verify = "verify",
  Done = "done",
}

class CycleError extends Error {
  constructor(readonly path: readonly string[]) {
    super(`records refer to each other: ${path.join(" > ")}`);
    this.name = "CycleError";
  }
}

class Graph {
  private readonly marks = new Map<string, "open" | "closed">();
  private readonly order: Rec[] = [];

  constructor(private readonly records: ReadonlyMap<string, Rec>) {}

  sorted(): readonly Rec[] {
    for (const id of this.records.keys()) this.visit(id, []);
    return this.order;
  }

  private visit(id: string, path: readonly string[]): void {
    const record = this.records.get(id);
    if (record === undefined) return;
    switch (this.marks.get(id)) {
      case "closed":
        return;
      case "open":
        throw new CycleError([...path.slice(path.indexOf(id)), id]);
    }
    this.marks.set(id, "open");
    record.refs.forEach((ref) => this.visit(ref, [...path, id]));
    this.marks.set(id, "closed");
    this.order.push(record);
  }
}

const convert: { [K in Kind]: (data: Record<string, any>, id: (old: string) => string) => Record<string, unknown> } = {
  user: ({ login, mail }) => ({ name: login, email: mail ?? `${login}@example.com` }),
  project: ({ title, lead }, id) => ({ name: title, owner: id(lead) }),
  issue: ({ subject, project, state = "open" }, id) => ({ title: subject, project: id(project), status: state === "closed" ? "done" : "todo" }),
  comment: ({ text, issue, author }, id) => ({ body: text.replace(/#(\w+)/g, (all: string, ref: string) => id(ref) || all), issue: id(issue), author: id(author) }),
};

async function* readAll(kinds: readonly Kind[]): AsyncGenerator<Rec, number> {
  let total = 0;
  for (const kind of kinds) {
    let page: string | undefined;
    do {
      const { records, next } = await fastn.connector.web.get({ url: `https://old.example/${kind}s`, page: page ?? null });
      for (const r of records) {
        total++;
        yield { kind, refs: [], ...r };
      }
      page = next;
    } while (page);
  }
  return total;
}

export default async function migrate(ctx: { input: { run: string; dryRun?: boolean; maxFailures?: number } }) {
  const { run, dryRun = false, maxFailures = 2 } = ctx.input;
  const key = `migration:${run}`;
  const progress: Progress = (await fastn.state.get(key)) ?? { phase: Phase.Load, ids: {}, failed: {} };
  if (progress.phase === Phase.Done) return { run, already: true };

  const records = new Map<string, Rec>();
  for await (const record of readAll(["user", "project", "issue", "comment"])) {
    if (records.has(record.id)) console.warn(`${record.id} is there twice`);
    records.set(record.id, record);
  }

  let sorted: readonly Rec[];
  try {
    sorted = new Graph(records).sorted();
  } catch (e) {
    if (!(e instanceof CycleError)) throw e;
    await fastn.connector.tickets.createTicket({ title: `Migration ${run} can not start`, body: e.message });
    return { run, cycle: e.path };
  }
  if (dryRun) return { run, dryRun, order: sorted.map((r) => r.id) };

  progress.phase = Phase.Copy;
  const idOf = (old: string): string => progress.ids[old] ?? "";
  let copied = 0;
  for (const record of sorted) {
    if (record.id in progress.ids) continue;
    const lost = record.refs.filter((ref) => ref in progress.failed);
    if (lost.length > 0) {
      progress.failed[record.id] = `needs ${lost.join(", ")}`;
      continue;
    }
    try {
      const { id } = await fastn.connector.web.post({ url: `https://new.example/${record.kind}`, body: convert[record.kind](record.data, idOf) });
      progress.ids[record.id] = id;
      if (++copied % 3 === 0) await fastn.state.set(key, progress);
    } catch (e) {
      progress.failed[record.id] = (e as Error).message;
      if (Object.keys(progress.failed).length > maxFailures) {
        await fastn.state.set(key, progress);
        throw new Error(`migration ${run} stopped after ${copied} records`, { cause: e });
      }
    }
  }

  progress.phase = Phase.Verify;
  await fastn.state.set(key, progress);
  const { count } = await fastn.connector.web.get({ url: "https://new.example/count" });
  const expected = Object.keys(progress.ids).length;
  if (count < expected) await fastn.connector.chat.postMessage({ channel: "#migration", text: `${run}: ${count} of ${expected} records arrived` });
  progress.phase = Phase.Done;
  await fastn.state.set(key, progress);
  return { run, copied, failed: progress.failed, verified: count >= expected } as const;
}
