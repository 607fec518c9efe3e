// ETL of products: extract from the ERP, transform in small pure functions, load into shop and search table. Functional style.
const pipe = (...fns) => (x) => fns.reduce((v, f) => f(v), x);
const map = (f) => (xs) => xs.map(f);
const filter = (f) => (xs) => xs.filter(f);
const keyBy = (k) => (xs) => new Map(xs.map((x) => [x[k], x]));
const omit = (...keys) => (o) => Object.fromEntries(Object.entries(o).filter(([k]) => !keys.includes(k)));

const toProduct = ({ ITEMNO: sku, DESC1, DESC2, PRICE_CT, GROUP, EAN, BLOCKED }) => ({
  sku: sku.trim(),
  title: [DESC1, DESC2].filter(Boolean).join(' ').replace(/\s+/g, ' ').trim(),
  price: PRICE_CT / 100,
  tags: (GROUP ?? '').toLowerCase().split('/').filter(Boolean),
  ean: validEan(EAN) ? EAN : null,
  blocked: BLOCKED === 'X',
});

function validEan(ean) {
  if (!/^\d{13}$/.test(ean ?? '')) return false;
  const sum = [...ean].slice(0, 12).reduce((s, d, i) => s + d * (i % 2 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10 === +ean[12];
}

const transform = pipe(map(toProduct), filter((p) => !p.blocked && p.title), map(omit('blocked')));

const changed = (a, b) => ['title', 'price', 'ean'].some((k) => a[k] !== b[k]) || a.tags.join() !== b.tags.join();

async function inChunks(items, size, work) {
  const results = [];
  for (let i = 0; i < items.length; i += size) {
    results.push(...(await work(items.slice(i, i + size), i / size)));
  }
  return results;
}

export default async function etl() {
  const raw = await fastn.connector.erp.listItems({ type: 'product' });
  const products = transform(raw.items);
  const existing = keyBy('sku')((await fastn.connector.shop.listProducts({ fields: 'all' })).items);

  const creates = products.filter((p) => !existing.has(p.sku));
  const updates = products.filter((p) => existing.has(p.sku) && changed(p, existing.get(p.sku)));
  const gone = [...existing.values()].filter((e) => !products.some((p) => p.sku === e.sku));

  const ids = await inChunks([...creates, ...updates], 2, async (chunk, n) => {
    console.log(`chunk ${n}: ${chunk.map((p) => p.sku)}`);
    return Promise.all(chunk.map((p) => fastn.connector.shop.updateProduct({ id: existing.get(p.sku)?.id ?? null, ...p })));
  });

  for (const { id, sku } of gone) {
    await fastn.connector.shop.updateProduct({ id, sku, status: 'archived' });
  }

  if (products.length > 0) {
    const values = products.flatMap((p) => [p.sku, p.title, p.tags.join(' ')]);
    const places = products.map((_, i) => `($${3 * i + 1}, $${3 * i + 2}, $${3 * i + 3})`).join(', ');
    await fastn.db.query(`INSERT INTO product_search (sku, title, tags) VALUES ${places} ON CONFLICT (sku) DO UPDATE SET title = excluded.title, tags = excluded.tags`, values);
  }
  return { total: products.length, created: creates.length, updated: updates.length, archived: gone.length, ids: ids.map((r) => r.id) };
}
