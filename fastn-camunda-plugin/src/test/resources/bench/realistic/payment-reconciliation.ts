// Bank statement lines against open invoices: exact reference, fuzzy reference, amount + name, several invoices in one payment.
interface BankLine { id: string; amount: number; purpose: string; name: string; date: string }
interface OpenInvoice { number: string; amount: number; customer: string }

type Match =
  | { kind: "exact" | "fuzzy" | "name"; line: BankLine; invoices: [OpenInvoice] }
  | { kind: "sum"; line: BankLine; invoices: OpenInvoice[] }
  | { kind: "none"; line: BankLine; candidates: number };

function distance(a: string, b: string): number {
  const row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    let diagonal = row[0]!;
    row[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const up = row[j]!;
      row[j] = Math.min(up + 1, row[j - 1]! + 1, diagonal + (a[i - 1] === b[j - 1] ? 0 : 1));
      diagonal = up;
    }
  }
  return row[b.length]!;
}

const words = (s: string) => s.toUpperCase().split(/[^A-Z0-9-]+/).filter((w) => w.length > 2);
const cents = (n: number) => Math.round(n * 100);

function* subsets<T>(xs: readonly T[], max: number, from = 0): Generator<T[]> {
  if (max === 0) return;
  for (let i = from; i < xs.length; i++) {
    yield [xs[i]!];
    for (const rest of subsets(xs, max - 1, i + 1)) yield [xs[i]!, ...rest];
  }
}

function match(line: BankLine, open: readonly OpenInvoice[]): Match {
  const tokens = words(line.purpose);
  const sameAmount = (i: OpenInvoice) => cents(i.amount) === cents(line.amount);
  const exact = open.find((i) => tokens.includes(i.number) && sameAmount(i));
  if (exact) return { kind: "exact", line, invoices: [exact] };
  const fuzzy = open.filter((i) => sameAmount(i) && tokens.some((t) => distance(t, i.number) <= 1));
  if (fuzzy.length === 1) return { kind: "fuzzy", line, invoices: [fuzzy[0]!] };
  const byName = open.filter((i) => sameAmount(i) && words(i.customer).some((w) => words(line.name).includes(w)));
  if (byName.length === 1) return { kind: "name", line, invoices: [byName[0]!] };
  const ofCustomer = open.filter((i) => words(i.customer).some((w) => words(line.name).includes(w)));
  for (const set of subsets(ofCustomer, 3)) {
    if (set.length > 1 && set.reduce((s, i) => s + cents(i.amount), 0) === cents(line.amount)) return { kind: "sum", line, invoices: set };
  }
  return { kind: "none", line, candidates: fuzzy.length + byName.length };
}

export default async function reconcile(ctx: { input: { account: string; date: string } }) {
  const { payments, erp, tickets } = fastn.connector;
  const lines: BankLine[] = (await payments.listPayments(ctx.input)).items;
  let open: OpenInvoice[] = (await erp.listInvoices({ status: "open" })).items;
  const counts: Partial<Record<Match["kind"] | "failed", number>> = {};
  const unmatched: string[] = [];

  for (const line of lines) {
    if (line.amount <= 0) continue;
    const m = match(line, open);
    counts[m.kind] = (counts[m.kind] ?? 0) + 1;
    switch (m.kind) {
      case "none": {
        const { id } = await tickets.createTicket({ title: `Payment ${line.id} of ${line.amount}`, body: `${line.name}: ${line.purpose} (${m.candidates} candidates)` });
        unmatched.push(id);
        break;
      }
      case "fuzzy":
        await fastn.db.query("INSERT INTO review (line, invoice) VALUES ($1, $2)", [line.id, m.invoices[0].number]);
      // falls through: it is booked all the same
      case "exact":
      case "name":
      case "sum":
        for (const invoice of m.invoices) {
          try {
            await erp.postPayment({ invoice: invoice.number, amount: invoice.amount, line: line.id });
            open = open.filter((o) => o !== invoice);
          } catch (e) {
            counts.failed = (counts.failed ?? 0) + 1;
            console.error(`${invoice.number}: ${e instanceof Error ? e.message : e}`);
          }
        }
    }
  }
  await fastn.state.set(`reconciled:${ctx.input.account}`, ctx.input.date);
  return { ...counts, unmatched, open: open.map((o) => o.number) };
}
