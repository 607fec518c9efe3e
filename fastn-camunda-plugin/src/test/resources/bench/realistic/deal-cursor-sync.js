// Copies changed deals from the CRM into our own table. Keeps a cursor in state so the next run starts where this one ended.
const CURSOR_KEY = "deal-sync:cursor";
const PAGE_SIZE = 50;

export default async function (ctx) {
  const { crm } = fastn.connector;
  const full = ctx.input?.full === true;

  let cursor = full ? null : await fastn.state.get(CURSOR_KEY);
  if (!cursor) {
    console.log("no cursor, starting from the beginning");
    cursor = { since: "1970-01-01T00:00:00Z", after: null };
  }

  const stats = { pages: 0, inserted: 0, updated: 0, unchanged: 0, removed: 0, errors: [] };
  let newest = cursor.since;

  while (true) {
    const page = await crm.listDeals({ since: cursor.since, after: cursor.after, limit: PAGE_SIZE });
    stats.pages++;

    for (const deal of page.results) {
      if (deal.updatedAt > newest) newest = deal.updatedAt;

      if (deal.archived) {
        await fastn.db.query("DELETE FROM deals WHERE id = $1", [deal.id]);
        stats.removed++;
        continue;
      }

      const [existing] = await fastn.db.query("SELECT hash FROM deals WHERE id = $1", [deal.id]);
      const hash = fingerprint(deal);
      if (existing && existing.hash === hash) {
        stats.unchanged++;
        continue;
      }

      try {
        if (existing) {
          await fastn.db.query("UPDATE deals SET name = $2, amount = $3, hash = $4 WHERE id = $1", [deal.id, deal.name, deal.amount, hash]);
          stats.updated++;
        } else {
          await fastn.db.query("INSERT INTO deals (id, name, amount, hash) VALUES ($1, $2, $3, $4)", [deal.id, deal.name, deal.amount, hash]);
          stats.inserted++;
        }
      } catch (e) {
        // one bad row must not stop the sync
        stats.errors.push(`${deal.id}: ${e.message}`);
        if (stats.errors.length > 2) throw new Error(`giving up after ${stats.errors.length} errors`, { cause: e });
      }
    }

    if (!page.next) break;
    cursor = { since: cursor.since, after: page.next };
    await fastn.state.set(CURSOR_KEY, cursor);
  }

  await fastn.state.set(CURSOR_KEY, { since: newest, after: null });
  return stats;
}

function fingerprint({ name, amount, stage }) {
  let h = 7;
  for (const c of `${name}|${amount}|${stage}`) h = (h * 31 + c.codePointAt(0)) >>> 0;
  return h.toString(36);
}
