// Monday report: revenue per region and per sales person, compared with the week before. HTML mail + one line in chat.
const fmt = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', maximumFractionDigits: 0 });

export default async function weeklySalesReport(ctx) {
  const today = new Date(ctx.input.date ?? '2026-03-02T06:00:00Z');
  const monday = startOfWeek(today);
  const lastMonday = addDays(monday, -7);
  const weekBefore = addDays(monday, -14);

  const [current, previous] = await Promise.all([
    fastn.connector.analytics.query({ report: 'orders', from: iso(lastMonday), to: iso(monday) }),
    fastn.connector.analytics.query({ report: 'orders', from: iso(weekBefore), to: iso(lastMonday) }),
  ]);

  const regions = group(current.rows, (r) => r.region);
  const before = group(previous.rows, (r) => r.region);
  const lines = Object.entries(regions)
    .map(([region, rows]) => {
      const sum = total(rows);
      const old = total(before[region] ?? []);
      return { region, orders: rows.length, sum, change: old === 0 ? null : (sum - old) / old };
    })
    .sort((a, b) => b.sum - a.sum || a.region.localeCompare(b.region));

  const people = Object.entries(group(current.rows, ({ owner = 'nobody' }) => owner))
    .map(([owner, rows]) => ({ owner, sum: total(rows), best: rows.reduce((m, r) => (r.amount > m.amount ? r : m)) }))
    .sort((a, b) => b.sum - a.sum)
    .slice(0, 3);

  if (lines.length === 0) {
    await fastn.connector.chat.postMessage({ channel: '#sales', text: `No orders in the week of ${iso(lastMonday)} :(` });
    return { week: iso(lastMonday), empty: true };
  }

  const html = `<h1>Week of ${iso(lastMonday)}</h1>
<table>
${lines.map((l) => `<tr><td>${escape(l.region)}</td><td>${l.orders}</td><td>${fmt.format(l.sum)}</td><td>${l.change === null ? 'new' : percent(l.change)}</td></tr>`).join('\n')}
</table>
<ol>${people.map((p) => `<li>${escape(p.owner)}: ${fmt.format(p.sum)} (best: ${escape(p.best.customer)})</li>`).join('')}</ol>`;

  const recipients = await fastn.db.query('SELECT email, region FROM report_recipient ORDER BY email', []);
  let sent = 0;
  for (const { email, region } of recipients) {
    if (region && !(region in regions)) continue;
    await fastn.connector.mail.send({ to: email, subject: `Sales ${iso(lastMonday)}`, html });
    sent++;
  }
  const sum = total(current.rows);
  await fastn.connector.chat.postMessage({ channel: '#sales', text: `Last week: ${fmt.format(sum)} with ${current.rows.length} orders, best region ${lines[0].region}` });
  return { week: iso(lastMonday), sum, sent, lines };
}

function group(rows, key) {
  return rows.reduce((acc, row) => {
    (acc[key(row)] ||= []).push(row);
    return acc;
  }, {});
}
const total = (rows) => rows.reduce((s, r) => s + r.amount, 0);
const percent = (x) => `${x > 0 ? '+' : ''}${(x * 100).toFixed(1)} %`;
const iso = (d) => d.toISOString().slice(0, 10);
const escape = (s) => s.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
function startOfWeek(d) {
  const x = new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate()));
  x.setUTCDate(x.getUTCDate() - ((x.getUTCDay() + 6) % 7));
  return x;
}
function addDays(d, n) {
  const x = new Date(d);
  x.setUTCDate(x.getUTCDate() + n);
  return x;
}
