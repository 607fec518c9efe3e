// Scores leads with weighted rules, writes the score back and hands hot leads over.
type Signal = "opened" | "clicked" | "visited" | "replied";

interface Lead {
  id: number;
  title?: string;
  employees?: number;
  signals: Partial<Record<Signal, number>>;
  lastSeen: string;
}

interface Rule {
  name: string;
  points: number | ((lead: Lead, now: Date) => number);
  when?: (lead: Lead) => boolean;
}

const enum Grade {
  Cold = 0,
  Warm = 40,
  Hot = 70,
}

const WEIGHTS: Record<Signal, number> = { opened: 1, clicked: 3, visited: 2, replied: 15 };

const RULES: Rule[] = [
  { name: "decision maker", points: 25, when: ({ title = "" }) => /\b(C[EFTI]O|head|director|vp)\b/i.test(title) },
  { name: "size", points: (l) => Math.min(20, Math.floor(Math.log2(l.employees!)) * 2), when: (l) => l.employees !== undefined && l.employees > 0 },
  { name: "signals", points: (l) => (Object.entries(l.signals) as [Signal, number][]).reduce((s, [k, n]) => s + WEIGHTS[k] * Math.min(n, 5), 0) },
  { name: "decay", points: (l, now) => -Math.floor((now.getTime() - Date.parse(l.lastSeen)) / 604_800_000) * 5 },
];

function score(lead: Lead, now: Date): { total: number; parts: string[] } {
  let total = 0;
  const parts: string[] = [];
  for (const { name, points, when } of RULES) {
    if (when && !when(lead)) continue;
    const p = typeof points === "number" ? points : points(lead, now);
    if (p === 0) continue;
    total += p;
    parts.push(`${name} ${p > 0 ? "+" : ""}${p}`);
  }
  return { total: Math.max(0, Math.min(100, total)), parts };
}

const gradeOf = (total: number): "hot" | "warm" | "cold" => (total >= Grade.Hot ? "hot" : total >= Grade.Warm ? "warm" : "cold");

export default async function scoreLeads(ctx: { input: { now: string; owners: string[] } }) {
  const now = new Date(ctx.input.now);
  const counts = { hot: 0, warm: 0, cold: 0 };
  let after: string | null = null;
  let next = 0;

  do {
    const page: { items: Lead[]; next: string | null } = await fastn.connector.crm.listContacts({ stage: "lead", after });
    for (const lead of page.items) {
      const { total, parts } = score(lead, now);
      const grade = gradeOf(total);
      counts[grade]++;

      const before = await fastn.state.get(`score:${lead.id}`);
      if (before?.total === total) continue;

      await fastn.connector.crm.updateContact({ id: lead.id, score: total, scoreNote: parts.join(", ") });
      await fastn.state.set(`score:${lead.id}`, { total, grade });
      if (grade === "hot" && before?.grade !== "hot") {
        const owner = ctx.input.owners[next++ % ctx.input.owners.length];
        await fastn.connector.crm.createTask({ title: `Call lead ${lead.id} (${total})`, owner });
      } else if (before && before.grade === "hot") {
        await fastn.connector.marketing.addToList({ list: "nurture", contact: lead.id });
      }
    }
    after = page.next;
  } while (after !== null);
  return counts;
}
