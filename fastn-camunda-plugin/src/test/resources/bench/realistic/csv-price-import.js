// Imports a supplier's price list (CSV, semicolons, quoted texts, German numbers) from the file store into the shop.

function parseCsv(text, separator) {
  const rows = [];
  let row = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') {
        cell += '"';
        i++;
      } else if (c === '"') {
        quoted = false;
      } else {
        cell += c;
      }
      continue;
    }
    switch (c) {
      case '"':
        quoted = true;
        break;
      case separator:
        row.push(cell);
        cell = '';
        break;
      case '\r':
        break;
      case '\n':
        row.push(cell);
        rows.push(row);
        row = [];
        cell = '';
        break;
      default:
        cell += c;
    }
  }
  if (quoted) throw new SyntaxError('quoted text does not end');
  if (cell !== '' || row.length > 0) {
    row.push(cell);
    rows.push(row);
  }
  return rows.filter((r) => r.length > 1 || r[0] !== '');
}

const number = (s) => {
  const clean = s.replace(/\./g, '').replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(clean) ? Number(clean) : NaN;
};

export default async function importPrices(ctx) {
  const { storage, shop, mail } = fastn.connector;
  const file = await storage.readFile({ path: ctx.input.path });
  const [header, ...lines] = parseCsv(file.content.replace(/^\uFEFF/, ''), ';');
  const index = Object.fromEntries(header.map((h, i) => [h.trim().toLowerCase(), i]));
  for (const needed of ['sku', 'price']) {
    if (!(needed in index)) {
      await storage.moveFile({ from: ctx.input.path, to: ctx.input.path.replace('/in/', '/rejected/') });
      throw new TypeError(`column "${needed}" is missing`);
    }
  }

  const problems = [];
  const changes = [];
  for (const [n, cells] of lines.entries()) {
    const sku = cells[index.sku]?.trim();
    const price = number(cells[index.price] ?? '');
    if (!sku) { problems.push(`line ${n + 2}: no sku`); continue; }
    if (Number.isNaN(price) || price < 0) { problems.push(`line ${n + 2}: "${cells[index.price]}" is no price`); continue; }
    changes.push({ sku, price, title: cells[index.title] });
  }

  let updated = 0;
  for (const { sku, price, title } of changes) {
    const { items: [product] } = await shop.listProducts({ sku });
    if (product === undefined) {
      problems.push(`${sku}: unknown`);
    } else if (Math.abs(product.price - price) / product.price > 0.5) {
      problems.push(`${sku}: ${product.price} -> ${price} looks wrong`);
    } else if (product.price !== price || (title && title !== product.title)) {
      await shop.updateProduct({ id: product.id, price, ...(title && { title }) });
      updated++;
    }
  }

  await storage.moveFile({ from: ctx.input.path, to: ctx.input.path.replace('/in/', problems.length ? '/checked/' : '/done/') });
  if (problems.length > 0) {
    await mail.send({ to: 'buying@example.com', subject: `${problems.length} problems in ${ctx.input.path}`, text: problems.join('\n') });
  }
  return { lines: lines.length, updated, problems };
}
