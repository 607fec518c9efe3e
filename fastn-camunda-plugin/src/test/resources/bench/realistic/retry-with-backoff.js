// Sends an invoice to the tax authority's picky endpoint. They say: back off exponentially, obey Retry-After, stop on 4xx.
const MAX_ATTEMPTS = 5;
const BASE = 500;

async function withRetry(label, fn) {
  let lastError;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    try {
      return await fn(attempt);
    } catch (error) {
      lastError = error;
      const status = error.status || 0;
      if (status >= 400 && status < 500 && status !== 429) {
        console.error(`${label}: not retryable (${status})`);
        throw error;
      }
      if (attempt === MAX_ATTEMPTS) break;
      const wait = error.retryAfter ? error.retryAfter * 1000 : BASE * Math.pow(2, attempt - 1);
      console.warn(`${label}: attempt ${attempt} failed with ${status}, waiting ${wait} ms`);
      await fastn.sleep(wait);
    }
  }
  const err = new Error(`${label} failed ${MAX_ATTEMPTS} times: ${lastError.message}`);
  err.name = 'RetriesExhausted';
  err.attempts = MAX_ATTEMPTS;
  throw err;
}

export default async function (ctx) {
  const { invoiceId } = ctx.input;
  const invoice = await fastn.connector.payments.getInvoice({ id: invoiceId });
  if (invoice.status !== 'final') return { sent: false, reason: `invoice is ${invoice.status}` };

  const document = toDocument(invoice);
  let receipt;
  try {
    receipt = await withRetry('submit', () => fastn.connector.web.post({ url: 'https://tax.example/submit', body: document }));
  } catch (e) {
    await fastn.connector.tickets.createTicket({ title: `Invoice ${invoiceId} was not accepted`, body: e.message, priority: e.name === 'RetriesExhausted' ? 'high' : 'normal' });
    if (e.name !== 'RetriesExhausted') throw e;
    return { sent: false, reason: e.message, attempts: e.attempts };
  }

  const confirmed = await withRetry('confirm', async (attempt) => {
    const r = await fastn.connector.web.get({ url: `https://tax.example/receipts/${receipt.number}` });
    if (r.state !== 'confirmed') throw Object.assign(new Error(`state ${r.state}`), { status: 503 });
    return { ...r, attempt };
  });
  await fastn.db.query('UPDATE invoice SET receipt = $1 WHERE id = $2', [receipt.number, invoiceId]);
  return { sent: true, receipt: receipt.number, polls: confirmed.attempt };
}

function toDocument({ id, lines, customer }) {
  const net = lines.reduce((sum, l) => sum + l.quantity * l.price, 0);
  return { id, customer: customer.vatId ?? customer.name, net: round(net), tax: round(net * 0.19), gross: round(net * 1.19) };
}

function round(x) {
  return Math.round(x * 100) / 100;
}
