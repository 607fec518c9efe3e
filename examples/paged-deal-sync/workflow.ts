// Copies the open deals of the CRM, page by page, into a table of the tenant, so that reports need no CRM account.
// Runs as often as wanted: a deal that is already there is updated in place.

const fastn = new Fastn({ connectors: { hubspotCrm: { orgId: "managed" } } });

interface Deal {
  id: string;
  properties: { dealname: string; amount: string; dealstage: string; closedate: string };
}

interface DealPage {
  results: Deal[];
  paging?: { next: { after: string } };
}

interface Summary {
  pages: number;
  synced: number;
  closed: number;
  openAmount: number;
}

const PAGE_SIZE = 5;
const CLOSED_STAGES: readonly string[] = ["closedwon", "closedlost"];

export default async function (ctx: { input: { pageSize?: number } | null }): Promise<Summary> {
  await fastn.db.query(`
    CREATE TABLE IF NOT EXISTS open_deal (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      amount NUMERIC NOT NULL,
      stage TEXT NOT NULL,
      close_date DATE NOT NULL
    )
  `);

  const limit = ctx.input?.pageSize ?? PAGE_SIZE;
  const summary: Summary = { pages: 0, synced: 0, closed: 0, openAmount: 0 };
  let after: string | undefined;
  do {
    const page: DealPage = await fastn.connector.hubspotCrm.listDeals({ limit, after });
    summary.pages++;
    for (const deal of page.results) {
      if (isClosed(deal)) {
        summary.closed++;
        await fastn.db.query(`DELETE FROM open_deal WHERE id = $1`, [deal.id]);
        continue;
      }
      await fastn.db.query(
        `INSERT INTO open_deal (id, name, amount, stage, close_date) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (id) DO UPDATE
         SET name = excluded.name, amount = excluded.amount, stage = excluded.stage, close_date = excluded.close_date`,
        toRow(deal)
      );
      summary.synced++;
      summary.openAmount += Number(deal.properties.amount);
    }
    after = page.paging?.next.after;
  } while (after);

  await fastn.state.set("last-sync", { ...summary, finishedAt: new Date().toISOString() });
  return summary;
}

function isClosed(deal: Deal): boolean {
  return CLOSED_STAGES.includes(deal.properties.dealstage);
}

function toRow({ id, properties }: Deal): [string, string, number, string, string] {
  return [id, properties.dealname, Number(properties.amount), properties.dealstage, properties.closedate];
}
