// Three way match: supplier invoice against purchase order and goods receipt. Differences within tolerance are posted.
const TOLERANCE = 0.02;

export default async function matchInvoices(ctx) {
  const erp = fastn.connector.erp;
  const summary = { posted: [], blocked: [], waiting: [] };

  const { items: invoices } = await erp.listInvoices({ status: 'received' });
  invoiceLoop: for (const ref of invoices) {
    const invoice = await erp.getInvoice({ id: ref.id });
    const issues = [];

    const dup = await fastn.db.query('SELECT id FROM posted_invoice WHERE supplier = $1 AND number = $2', [invoice.supplier, invoice.number]);
    if (dup.length > 0) {
      await block(invoice, ['duplicate']);
      continue;
    }

    const orders = {};
    for (const line of invoice.lines) {
      if (!line.po) {
        issues.push(`line ${line.no}: no purchase order`);
        continue;
      }
      orders[line.po] ??= await erp.getItem({ type: 'po', id: line.po });
      const poLine = orders[line.po].lines.find((l) => l.sku === line.sku);
      if (!poLine) {
        issues.push(`line ${line.no}: ${line.sku} is not in ${line.po}`);
        continue;
      }
      const { received } = await erp.getStock({ po: line.po, sku: line.sku });
      if (received < line.quantity) {
        if (invoice.age < 14) {
          summary.waiting.push(invoice.id);
          continue invoiceLoop;
        }
        issues.push(`line ${line.no}: ${line.quantity} invoiced, ${received} received`);
      }
      const off = Math.abs(line.price - poLine.price) / poLine.price;
      if (off > TOLERANCE) issues.push(`line ${line.no}: price is off by ${(off * 100).toFixed(1)} %`);
    }

    const sum = invoice.lines.reduce((s, l) => s + l.quantity * l.price, 0);
    if (Math.abs(sum + invoice.tax - invoice.total) > 0.01) issues.push(`total ${invoice.total} is not ${(sum + invoice.tax).toFixed(2)}`);

    if (issues.length > 0) {
      await block(invoice, issues);
      continue;
    }
    const journal = await erp.postJournal({ supplier: invoice.supplier, amount: invoice.total, lines: invoice.lines.map(({ sku, quantity, price }) => ({ account: account(sku), amount: quantity * price })) });
    await fastn.db.query('INSERT INTO posted_invoice (supplier, number, journal) VALUES ($1, $2, $3)', [invoice.supplier, invoice.number, journal.id]);
    summary.posted.push({ id: invoice.id, journal: journal.id });
  }

  return summary;

  async function block(invoice, issues) {
    await erp.updateItem({ type: 'invoice', id: invoice.id, status: 'blocked', note: issues.join('\n') });
    await fastn.connector.tickets.createTicket({ title: `Invoice ${invoice.number} of ${invoice.supplier}`, body: issues.join('\n'), queue: issues.length > 1 ? 'ap-senior' : 'ap' });
    summary.blocked.push({ id: invoice.id, issues });
  }
}

function account(sku) {
  return sku.startsWith('S-') ? 4980 : 3200;
}
