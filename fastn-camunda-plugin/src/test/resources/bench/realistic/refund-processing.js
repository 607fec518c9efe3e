// Handles a refund request: policy checks, partial refunds over several charges, stock and mails.
export default async function refund(ctx) {
  const { order: orderId, lines: wanted, reason } = ctx.input;
  const { shop, payments, erp, mail, approvals } = fastn.connector;

  const order = await shop.getOrder({ id: orderId });
  const days = (Date.parse(ctx.input.today) - Date.parse(order.date)) / 864e5;
  const lines = wanted === 'all' ? order.lines : order.lines.filter((l) => wanted.includes(l.sku));
  if (lines.length === 0) return { ok: false, why: 'nothing to refund' };

  let amount = lines.reduce((s, l) => s + l.price * l.quantity, 0);
  let policy;
  if (reason === 'defect') policy = 'warranty';
  else if (days <= 14) policy = 'withdrawal';
  else if (days <= 30 && order.customer.vip) { policy = 'goodwill'; amount *= 0.8 }
  else policy = null;

  if (!policy || amount > 500) {
    const { id } = await approvals.request({ to: 'team-lead', subject: `Refund ${amount.toFixed(2)} for ${orderId} (${reason})` });
    let answer, waited = 0;
    while ((answer = await approvals.getStatus({ id })).status === 'open') {
      if (waited >= 3) { await approvals.cancel({ id }); break }
      await fastn.sleep(4 * 3600 * 1000);
      waited++;
    }
    if (answer.status !== 'approved') {
      await mail.send({ to: order.customer.email, template: 'refund-declined', reason: answer.comment ?? 'too late' });
      return { ok: false, why: answer.status };
    }
    policy = 'approved';
  }

  // charges newest first, until the amount is reached
  let rest = Math.round(amount * 100);
  const refunds = [];
  for (const chargeId of [...order.charges].reverse()) {
    if (rest <= 0) break;
    const charge = await payments.getCharge({ id: chargeId });
    const possible = Math.min(rest, charge.amount - (charge.refunded ?? 0));
    if (possible <= 0) continue;
    try {
      const r = await payments.refund({ charge: chargeId, amount: possible });
      refunds.push(r.id);
      rest -= possible;
    } catch (e) {
      if (e.code === 'charge_too_old') continue;
      throw e;
    }
  }

  if (rest > 0) {
    // the remaining amount by bank transfer
    await erp.postPayment({ to: order.customer.iban ?? 'unknown', amount: rest / 100, reference: orderId });
  }
  for (const line of lines) {
    if (reason === 'defect') await erp.updateItem({ sku: line.sku, quarantine: line.quantity });
    else await shop.updateInventory({ sku: line.sku, add: line.quantity });
  }
  await shop.refundOrder({ id: orderId, lines: lines.map((l) => l.sku), policy });
  await mail.send({ to: order.customer.email, template: 'refund', amount: amount.toFixed(2), parts: refunds.length + (rest > 0 ? 1 : 0) });
  return { ok: true, policy, refunds, transfer: rest / 100 };
}
