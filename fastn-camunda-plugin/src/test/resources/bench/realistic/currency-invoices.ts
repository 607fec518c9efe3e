// Converts foreign invoices to the company currency: historical rates with fallbacks, rounding per currency, totals per account.
type Currency = "EUR" | "USD" | "JPY" | "KWD";
type Money = { readonly amount: bigint; readonly currency: Currency };

interface Invoice {
  id: string;
  date: string;
  amount: string;
  currency: Currency;
  account: number;
}

const DIGITS: Readonly<Record<Currency, number>> = { EUR: 2, USD: 2, JPY: 0, KWD: 3 };

const money = (text: string, currency: Currency): Money => {
  const m = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!m) throw new RangeError(`"${text}" is no amount`);
  const [, sign, whole, part = ""] = m as unknown as [string, string, string, string?];
  const digits = DIGITS[currency];
  if (part.length > digits) throw new RangeError(`${text} has more than ${digits} digits for ${currency}`);
  const amount = BigInt(whole + part.padEnd(digits, "0"));
  return { amount: sign ? -amount : amount, currency };
};

function format({ amount, currency }: Money): string {
  const digits = DIGITS[currency];
  const s = (amount < 0n ? -amount : amount).toString().padStart(digits + 1, "0");
  return `${amount < 0n ? "-" : ""}${s.slice(0, s.length - digits)}${digits ? "." + s.slice(-digits) : ""} ${currency}`;
}

/** Half away from zero. */
function convert(m: Money, rate: number, to: Currency): Money {
  const scale = 10n ** 8n;
  const r = BigInt(Math.round(rate * 1e8));
  const up = 10n ** BigInt(DIGITS[to]);
  const down = 10n ** BigInt(DIGITS[m.currency]) * scale;
  const product = m.amount * r * up;
  const half = product < 0n ? -down / 2n : down / 2n;
  return { amount: (product + half) / down, currency: to };
}

class RateBook {
  private known = new Map<string, number>();

  constructor(private readonly base: Currency) {}

  async rate(currency: Currency, date: string): Promise<number> {
    if (currency === this.base) return 1;
    const key = `${currency}@${date}`;
    const hit = this.known.get(key);
    if (hit !== undefined) return hit;
    const value = await this.load(currency, date, 3);
    this.known.set(key, value);
    return value;
  }

  // rates are missing at weekends: go back some days
  private async load(currency: Currency, date: string, daysBack: number): Promise<number> {
    try {
      const { rate } = await fastn.connector.fx.getRate({ from: currency, to: this.base, date });
      return rate;
    } catch (e) {
      if ((e as { status?: number }).status !== 404 || daysBack === 0) throw e;
      const d = new Date(date);
      d.setUTCDate(d.getUTCDate() - 1);
      return this.load(currency, d.toISOString().slice(0, 10), daysBack - 1);
    }
  }
}

export default async (ctx: { input: { base?: Currency; month: string } }) => {
  const base = ctx.input.base ?? "EUR";
  const book = new RateBook(base);
  const { items } = (await fastn.connector.erp.listInvoices({ month: ctx.input.month, foreign: true })) as { items: Invoice[] };
  const totals = new Map<number, bigint>();
  const lines: string[] = [];
  const bad: { id: string; why: string }[] = [];

  for (const invoice of items) {
    let m: Money;
    try {
      m = money(invoice.amount, invoice.currency);
    } catch (e) {
      if (!(e instanceof RangeError)) throw e;
      bad.push({ id: invoice.id, why: e.message });
      continue;
    }
    const rate = await book.rate(invoice.currency, invoice.date);
    const converted = convert(m, rate, base);
    totals.set(invoice.account, (totals.get(invoice.account) ?? 0n) + converted.amount);
    await fastn.db.query("UPDATE invoice SET base_amount = $1, rate = $2 WHERE id = $3", [converted.amount, rate, invoice.id]);
    lines.push(`${invoice.id}: ${format(m)} = ${format(converted)}`);
  }

  for (const [account, amount] of [...totals].sort(([a], [b]) => a - b)) {
    await fastn.connector.erp.postJournal({ account, amount: format({ amount, currency: base }) });
  }
  if (bad.length > 0) await fastn.connector.mail.send({ to: "fin@example.com", subject: `${bad.length} bad invoices`, bad });
  return { lines, totals: Object.fromEntries([...totals].map(([k, v]) => [k, format({ amount: v, currency: base })])), bad: bad.length };
};
