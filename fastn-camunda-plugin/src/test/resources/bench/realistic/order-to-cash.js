/*
 * Order to cash, the long one. Called by the shop's webhook for each order event.
 *
 *   1. validate and normalise
 *   2. fraud check
 *   3. customer in the CRM
 *   4. stock
 *   5. payment
 *   6. ERP order and documents
 *   7. notifications
 *
 * Every section writes into `result.steps`, the dashboard shows that.
 */
const EU = ['AT', 'BE', 'DE', 'ES', 'FR', 'IT', 'NL', 'PL'];
const VAT = { AT: 20, BE: 21, DE: 19, ES: 21, FR: 20, IT: 22, NL: 21, PL: 23 };
const FREE_SHIPPING_FROM = 150;

function fail(code, message, extra) {
  const e = new Error(message);
  e.name = 'OrderError';
  e.code = code;
  if (extra) Object.assign(e, extra);
  return e;
}

export default async function orderToCash(ctx) {
  const event = ctx.input;
  const result = { order: null, steps: [] };
  const step = (name, status = 'ok', info) => {
    result.steps.push(info === undefined ? { name, status } : { name, status, info });
    console.log(`${name}: ${status}`);
  };

  // ---------------------------------------------------------------- 1. validate
  if (!event || typeof event !== 'object') throw fail('E_INPUT', 'no event');
  if (!['order.created', 'order.paid', 'order.updated'].includes(event.type)) {
    step('validate', 'ignored', event.type);
    return result;
  }
  const doneKey = 'o2c:' + event.id;
  const done = await fastn.state.get(doneKey);
  if (done) {
    step('validate', 'duplicate', done.order);
    return result;
  }

  const raw = await fastn.connector.shop.getOrder({ id: event.order });
  const order = {
    id: raw.id,
    email: (raw.email || raw.billing?.email || '').trim().toLowerCase(),
    country: (raw.shipping?.country ?? raw.billing?.country ?? 'DE').toUpperCase(),
    vatId: raw.billing?.vatId ?? null,
    lines: [],
  };
  for (const item of raw.items) {
    if (item.quantity <= 0) continue;
    const known = order.lines.find((l) => l.sku === item.sku);
    if (known) known.quantity += item.quantity;
    else order.lines.push({ sku: item.sku, quantity: item.quantity, price: Number(item.price) });
  }
  if (order.lines.length === 0) throw fail('E_EMPTY', `order ${order.id} has no lines`);
  if (!order.email) throw fail('E_EMAIL', `order ${order.id} has no e-mail`);
  result.order = order.id;
  step('validate');

  // ---------------------------------------------------------------- money
  const net = order.lines.reduce((s, l) => s + l.quantity * l.price, 0);
  let vatRate;
  if (!EU.includes(order.country)) vatRate = 0;
  else if (order.vatId && order.country !== 'DE') {
    // reverse charge, but only when the number is valid
    let valid;
    try {
      const check = await fastn.connector.web.get({ url: `https://vies.example/${order.vatId}` });
      valid = check.valid;
    } catch (e) {
      console.warn('VIES is down, taking the number as it is');
      valid = true;
    }
    vatRate = valid ? 0 : VAT[order.country];
  } else vatRate = VAT[order.country];
  const shipping = net >= FREE_SHIPPING_FROM ? 0 : order.country === 'DE' ? 4.9 : 14.9;
  const gross = Math.round((net + shipping) * (100 + vatRate)) / 100;
  step('money', 'ok', { net, vatRate, shipping, gross });

  // ---------------------------------------------------------------- 2. fraud
  let score = 0;
  if (/\+|\d{5,}/.test(order.email.split('@')[0])) score += 20;
  if (raw.shipping?.country && raw.billing?.country && raw.shipping.country !== raw.billing.country) score += 25;
  if (gross > 1000) score += 20;
  const blocked = await fastn.db.query('SELECT reason FROM blocklist WHERE email = $1', [order.email]);
  if (blocked.length) score += 100;
  if (score >= 100) {
    await fastn.connector.shop.cancelOrder({ id: order.id, reason: 'fraud' });
    step('fraud', 'canceled', blocked[0]?.reason);
    await fastn.state.set(doneKey, { order: order.id });
    return result;
  }
  if (score >= 40) {
    const request = await fastn.connector.approvals.request({ to: 'fraud-team', subject: `Order ${order.id}: score ${score}` });
    let decision;
    for (let i = 0; i < 6; i++) {
      decision = await fastn.connector.approvals.getStatus({ id: request.id });
      if (decision.status !== 'open') break;
      await fastn.sleep(10 * 60 * 1000);
    }
    if (decision.status === 'rejected') {
      await fastn.connector.shop.cancelOrder({ id: order.id, reason: 'fraud, checked' });
      step('fraud', 'rejected', decision.comment);
      await fastn.state.set(doneKey, { order: order.id });
      return result;
    }
    step('fraud', decision.status === 'approved' ? 'approved' : 'timeout', score);
  } else {
    step('fraud', 'ok', score);
  }

  // ---------------------------------------------------------------- 3. customer
  let customer;
  const hits = await fastn.connector.crm.searchContacts({ email: order.email });
  switch (hits.items.length) {
    case 0:
      customer = await fastn.connector.crm.createContact({ email: order.email, name: raw.billing?.name ?? order.email, source: 'shop' });
      step('customer', 'created', customer.id);
      break;
    case 1:
      customer = hits.items[0];
      if (raw.billing?.name && customer.name !== raw.billing.name) {
        await fastn.connector.crm.updateContact({ id: customer.id, name: raw.billing.name });
        step('customer', 'updated', customer.id);
        break;
      }
      step('customer', 'found', customer.id);
      break;
    default:
      customer = hits.items.reduce((a, b) => (a.orders > b.orders ? a : b));
      await fastn.connector.crm.createTask({ title: `${hits.items.length} contacts with ${order.email}` });
      step('customer', 'ambiguous', customer.id);
  }

  // ---------------------------------------------------------------- 4. stock
  const reservations = [];
  const missing = [];
  try {
    for (const line of order.lines) {
      const stock = await fastn.connector.erp.getStock({ sku: line.sku });
      if (stock.available < line.quantity) {
        missing.push(`${line.sku} (${stock.available} of ${line.quantity})`);
        continue;
      }
      const r = await fastn.connector.erp.reserve({ sku: line.sku, quantity: line.quantity });
      reservations.push(r.id);
    }
    if (missing.length === order.lines.length) throw fail('E_STOCK', 'nothing is available', { missing });

    // -------------------------------------------------------------- 5. payment
    let charge = null;
    if (event.type !== 'order.paid') {
      for (let attempt = 1; ; attempt++) {
        try {
          charge = await fastn.connector.payments.charge({ customer: customer.id, amount: gross, reference: order.id });
          break;
        } catch (e) {
          if (e.code === 'card_declined') throw fail('E_PAYMENT', e.message);
          if (attempt >= 3) throw e;
          await fastn.sleep(1000 * attempt);
        }
      }
      step('payment', 'charged', charge.id);
    } else {
      step('payment', 'paid before');
    }
  } catch (e) {
    for (const id of reservations.reverse()) {
      try {
        await fastn.connector.erp.release({ reservation: id });
      } catch (inner) {
        console.error(`reservation ${id}: ${inner.message}`);
      }
    }
    if (e.name !== 'OrderError') throw e;
    await fastn.connector.mail.send({ to: order.email, template: e.code === 'E_STOCK' ? 'sold-out' : 'payment-failed', missing: e.missing ?? [] });
    await fastn.connector.shop.updateOrder({ id: order.id, status: 'on hold', note: e.message });
    step('stock and payment', 'failed', e.code);
    await fastn.state.set(doneKey, { order: order.id });
    return result;
  }
  step('stock', missing.length ? 'partial' : 'ok', missing.length ? missing : undefined);

  // ---------------------------------------------------------------- 6. ERP and documents
  const erpOrder = await fastn.connector.erp.createSalesOrder({
    order: order.id,
    customer: customer.id,
    lines: order.lines.map(({ sku, quantity, price }) => ({ sku, quantity, price })),
    shipping,
    vatRate,
    reservations,
  });
  const [invoice, slip] = await Promise.all([
    fastn.connector.docs.generate({ template: 'invoice', order: erpOrder.number, gross }),
    fastn.connector.docs.generate({ template: 'delivery-note', order: erpOrder.number }),
  ]);
  step('erp', 'ok', [erpOrder.number, invoice.url, slip.url]);

  // ---------------------------------------------------------------- 7. notifications
  await fastn.connector.mail.send({ to: order.email, template: 'thanks', attachments: [invoice.url] });
  if (gross > 500) await fastn.connector.chat.postMessage({ channel: '#orders', text: `${order.email}: ${gross.toFixed(2)} EUR :tada:` });
  if (raw.newsletter && !(await fastn.connector.marketing.getSubscriber({ email: order.email }))) {
    await fastn.connector.marketing.addToList({ list: 'customers', email: order.email });
  }
  await fastn.connector.shop.updateOrder({ id: order.id, status: missing.length ? 'partial' : 'processing', erp: erpOrder.number });
  await fastn.state.set(doneKey, { order: order.id, erp: erpOrder.number }, { ttl: 30 * 86400 });
  step('done');
  return result;
}
