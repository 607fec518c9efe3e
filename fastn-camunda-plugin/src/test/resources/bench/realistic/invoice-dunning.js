// Daily: reminds customers of unpaid invoices, three levels, respecting weekends and public holidays.
const DAY = 24 * 60 * 60 * 1000;
const HOLIDAYS = ['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-01', '2026-12-25', '2026-12-26'];

const parse = (s) => new Date(s + 'T00:00:00Z');
const iso = (d) => d.toISOString().substring(0, 10);
const isBusinessDay = (d) => d.getUTCDay() % 6 !== 0 && !HOLIDAYS.includes(iso(d));

function addBusinessDays(start, n) {
  let d = new Date(start.getTime());
  while (n > 0) {
    d = new Date(d.getTime() + DAY);
    if (isBusinessDay(d)) n--;
  }
  return d;
}

function endOfMonth(d, plusMonths = 0) {
  return new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + 1 + plusMonths, 0));
}

function dueDate(invoice) {
  const issued = parse(invoice.issued);
  const terms = invoice.terms || 'NET14';
  if (terms === 'EOM') return endOfMonth(issued);
  if (terms === 'EOM+1') return endOfMonth(issued, 1);
  const m = /^NET(\d+)$/.exec(terms);
  if (!m) throw new Error(`unknown terms ${terms} of invoice ${invoice.number}`);
  let due = new Date(issued.getTime() + Number(m[1]) * DAY);
  while (!isBusinessDay(due)) due = new Date(due.getTime() + DAY);
  return due;
}

export default async function (ctx) {
  const today = parse(ctx.input.today);
  if (!isBusinessDay(today)) return 'not a business day';

  const open = await fastn.connector.payments.listInvoices({ status: 'open' });
  const sent = { 1: 0, 2: 0, 3: 0 };
  const broken = [];

  for (const invoice of open.items) {
    let due;
    try {
      due = dueDate(invoice);
    } catch (e) {
      broken.push(e.message);
      continue;
    }
    const days = Math.floor((today - due) / DAY);
    if (days <= 0) continue;

    const level = days > 30 ? 3 : days > 14 ? 2 : 1;
    const key = `dunning:${invoice.number}`;
    const last = await fastn.state.get(key);
    if (last && last.level >= level) continue;
    if (last && addBusinessDays(parse(last.at), 5) > today) continue;

    const fee = [0, 5, 15][level - 1];
    const until = iso(addBusinessDays(today, 7));
    if (level < 3) {
      await fastn.connector.mail.send({
        to: invoice.email,
        subject: `${level === 1 ? 'Reminder' : 'Second reminder'}: invoice ${invoice.number}`,
        text: `Dear ${invoice.contact ?? 'customer'}, ${invoice.amount + fee} EUR were due on ${iso(due)}. New date: ${until}.`,
      });
    } else {
      const doc = await fastn.connector.docs.generate({ template: 'final-notice', invoice: invoice.number, fee, until });
      await fastn.connector.tickets.createTicket({ title: `Collect ${invoice.number}`, attachment: doc.url });
    }
    await fastn.state.set(key, { level, at: iso(today) });
    sent[level]++;
  }

  if (broken.length) await fastn.connector.chat.postMessage({ channel: '#finance', text: broken.join('; ') });
  return { ...sent, broken: broken.length };
}
