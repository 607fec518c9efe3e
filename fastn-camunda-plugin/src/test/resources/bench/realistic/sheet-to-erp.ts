// Finance fills a sheet, we book it. Validation with a Result type instead of exceptions, all problems are written back to the sheet.
type Ok<T> = { ok: true; value: T };
type Err = { ok: false; errors: string[] };
type Result<T> = Ok<T> | Err;
type Check<T> = (raw: string, row: readonly string[]) => Result<T>;

const ok = <T,>(value: T): Ok<T> => ({ ok: true, value });
const err = (...errors: string[]): Err => ({ ok: false, errors });

const text: Check<string> = (raw) => (raw.trim() ? ok(raw.trim()) : err("is empty"));
const amount: Check<number> = (raw) => {
  const n = Number(raw.replace(",", "."));
  return raw.trim() !== "" && Number.isFinite(n) ? ok(Math.round(n * 100)) : err(`"${raw}" is no amount`);
};
const account: Check<number> = (raw) => (/^\d{4}$/.test(raw) ? ok(+raw) : err(`"${raw}" is no account`));
const date: Check<string> = (raw) => {
  const m = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(raw);
  if (!m) return err(`"${raw}" is no date`);
  const d = new Date(Date.UTC(+m[3]!, +m[2]! - 1, +m[1]!));
  return d.getUTCMonth() === +m[2]! - 1 ? ok(d.toISOString().slice(0, 10)) : err(`"${raw}" does not exist`);
};

const SCHEMA = { date, debit: account, credit: account, amount, text } as const;
type Booking = { [K in keyof typeof SCHEMA]: (typeof SCHEMA)[K] extends Check<infer T> ? T : never };

function validate(row: readonly string[]): Result<Booking> {
  const errors: string[] = [];
  const out: Partial<Record<keyof Booking, unknown>> = {};
  (Object.keys(SCHEMA) as (keyof Booking)[]).forEach((key, i) => {
    const r = SCHEMA[key](row[i] ?? "", row) as Result<unknown>;
    if (r.ok) out[key] = r.value;
    else errors.push(...r.errors.map((e) => `${key} ${e}`));
  });
  if (errors.length === 0 && out.debit === out.credit) errors.push("debit and credit are the same");
  return errors.length ? { ok: false, errors } : ok(out as Booking);
}

export default async function ({ input: { sheet, dryRun = false } }: { input: { sheet: string; dryRun?: boolean } }) {
  const { values }: { values: string[][] } = await fastn.connector.sheets.readRange({ sheet, range: "A2:F" });
  const remarks: string[][] = [];
  let booked = 0;
  let sum = 0;

  for (const row of values) {
    if (row[5]?.startsWith("booked")) {
      remarks.push([row[5]]);
      continue;
    }
    const checked = validate(row);
    if (!checked.ok) {
      remarks.push([checked.errors.join("; ")]);
      continue;
    }
    const { value: booking } = checked;
    if (dryRun) {
      remarks.push(["ok"]);
      continue;
    }
    try {
      const { number } = await fastn.connector.erp.postJournal(booking);
      remarks.push([`booked ${number}`]);
      booked++;
      sum += booking.amount;
    } catch (e) {
      remarks.push([`ERP: ${(e as Error).message}`]);
    }
  }

  await fastn.connector.sheets.updateRange({ sheet, range: `F2:F${values.length + 1}`, values: remarks });
  const failed = remarks.filter(([r]) => !/^(booked|ok)/.test(r!)).length;
  if (failed > 0) await fastn.connector.chat.postMessage({ channel: "#finance", text: `${failed} rows of ${sheet} need a look` });
  return { booked, failed, sum: (sum / 100).toFixed(2) };
}
