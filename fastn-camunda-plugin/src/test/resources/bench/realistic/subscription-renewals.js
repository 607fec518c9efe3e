// Renews subscriptions that end today: prorate changes, charge, retry the next days, cancel after the third failure.
const PLANS = { free: 0, team: 29, business: 99 };

export default async (ctx) => {
  const today = ctx.input.today;
  const subs = await fastn.db.query(`
    SELECT id, customer, plan, next_plan, seats, failures, card
    FROM subscription
    WHERE renews_at <= $1 AND status = 'active'
    ORDER BY id`, [today]);
  const totals = { renewed: 0, failed: 0, canceled: 0, amount: 0 };

  for (const sub of subs) {
    const plan = sub.next_plan ?? sub.plan;
    if (!(plan in PLANS)) throw new Error(`subscription ${sub.id} has unknown plan "${plan}"`);
    const amount = PLANS[plan] * Math.max(1, sub.seats) * (sub.seats >= 10 ? 0.9 : 1);

    let charge = null;
    let error = null;
    if (amount > 0) {
      try {
        charge = await fastn.connector.payments.charge({ customer: sub.customer, amount: +amount.toFixed(2), key: `${sub.id}:${today}` });
      } catch (e) {
        error = e;
      }
    }

    if (!error) {
      await fastn.db.query('UPDATE subscription SET plan = $2, next_plan = NULL, failures = 0, renews_at = $3 WHERE id = $1', [sub.id, plan, nextMonth(today)]);
      totals.renewed++;
      totals.amount += amount;
      if (charge) await fastn.connector.payments.createInvoice({ charge: charge.id, lines: [{ text: `${plan} x ${sub.seats}`, amount }] });
      if (sub.next_plan && PLANS[sub.next_plan] < PLANS[sub.plan]) await fastn.connector.crm.createTask({ title: `Downgrade of ${sub.customer}` });
      continue;
    }

    const failures = sub.failures + 1;
    const fatal = error.code === 'card_lost' || error.code === 'card_stolen';
    if (failures >= 3 || fatal) {
      await fastn.db.query("UPDATE subscription SET status = 'canceled' WHERE id = $1", [sub.id]);
      await fastn.connector.mail.send({ to: sub.customer, template: 'canceled', reason: error.message });
      totals.canceled++;
    } else {
      const retryAt = addDays(today, 2 ** failures);
      await fastn.db.query('UPDATE subscription SET failures = $2, renews_at = $3 WHERE id = $1', [sub.id, failures, retryAt]);
      await fastn.connector.mail.send({ to: sub.customer, template: 'payment-failed', retryAt });
      totals.failed++;
    }
  }
  totals.amount = Number(totals.amount.toFixed(2));
  return totals;
};

function nextMonth(iso) {
  const [y, m, d] = iso.split('-').map(Number);
  const last = new Date(Date.UTC(y, m + 1, 0)).getUTCDate();
  return new Date(Date.UTC(y, m, Math.min(d, last))).toISOString().slice(0, 10);
}

function addDays(iso, n) {
  const d = new Date(iso);
  d.setUTCDate(d.getUTCDate() + n);
  return d.toISOString().slice(0, 10);
}
