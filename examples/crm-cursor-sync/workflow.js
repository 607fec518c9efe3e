// Keeps a copy of the CRM's deals: each run takes only what has changed since the last one. The CRM numbers its changes,
// and the number of the last one that was taken, the cursor, stands in fastn.state.

const fastn = new Fastn({ connectors: { demoCrm: { orgId: "managed" } } });

const CURSOR = "deals:cursor";
const PAGE_SIZE = 5;

export default async function (ctx) {
  await fastn.db.query(`
    CREATE TABLE IF NOT EXISTS crm_deal (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      stage TEXT NOT NULL,
      amount NUMERIC NOT NULL
    )
  `);

  const limit = ctx.input?.pageSize ?? PAGE_SIZE;
  let since = (await fastn.state.get(CURSOR)) ?? 0;
  let pages = 0;
  let changed = 0;
  let hasMore = true;
  while (hasMore) {
    const page = await fastn.connector.demoCrm.listDealChanges({ since, limit });
    for (const { id, properties } of page.results) {
      await fastn.db.query(
        `INSERT INTO crm_deal (id, name, stage, amount) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, stage = excluded.stage, amount = excluded.amount`,
        [id, properties.dealname, properties.dealstage, Number(properties.amount)]
      );
      changed++;
    }

    // After every page: a run that fails halfway leaves the next one only what it has not taken.
    since = page.cursor;
    await fastn.state.set(CURSOR, since);
    hasMore = page.hasMore;
    pages++;
  }
  return { pages, changed };
}
