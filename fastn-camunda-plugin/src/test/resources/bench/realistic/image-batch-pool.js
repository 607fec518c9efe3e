// Resizes product pictures through the document service, at most N at a time (they block us above 3 parallel jobs).
const LIMIT = 3;

export default async function main(ctx) {
  const products = (await fastn.connector.shop.listProducts({ missing: "thumbnail" })).items;
  const queue = products.flatMap((p) => p.images.map((url, position) => ({ id: p.id, url, position })));
  const done = [];
  const failed = [];

  async function worker(n) {
    for (;;) {
      const job = queue.shift();
      if (!job) return n;
      try {
        const out = await fastn.connector.docs.generate({ kind: "thumbnail", source: job.url, width: 320 });
        done.push({ ...job, thumbnail: out.url });
      } catch (e) {
        failed.push({ ...job, error: e.message });
      }
    }
  }

  const workers = [];
  for (let n = 0; n < Math.min(LIMIT, queue.length); n++) workers.push(worker(n));
  await Promise.all(workers);

  const byProduct = new Map();
  for (const d of done) {
    if (!byProduct.has(d.id)) byProduct.set(d.id, []);
    byProduct.get(d.id)[d.position] = d.thumbnail;
  }
  const ids = [...byProduct.keys()].sort();
  for (const id of ids) {
    await fastn.connector.shop.updateProduct({ id, thumbnails: byProduct.get(id).filter(Boolean) });
  }
  if (failed.length > done.length) throw new Error(`most pictures failed: ${failed.map((f) => f.url).sort().join(", ")}`);
  return { products: ids.length, done: done.length, failed: failed.length };
}
