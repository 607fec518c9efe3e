// Copies the shop's orders into a table of the tenant and reports them by country. An order that is there already is
// updated in place, so the report can be made as often as wanted.

const fastn = new Fastn({ connectors: { demoShop: { orgId: "managed" } } });

interface Order {
  id: string;
  customer: string;
  country: string;
  total: number;
}

interface OrderPage {
  orders: Order[];
  next?: string;
}

interface CountryRow {
  country: string;
  orders: number;
  revenue: number;
}

const PAGE_SIZE = 2;

export default async function (): Promise<{ read: number; countries: CountryRow[] }> {
  await fastn.db.query(`
    CREATE TABLE IF NOT EXISTS shop_order (
      id TEXT PRIMARY KEY,
      customer TEXT NOT NULL,
      country TEXT NOT NULL,
      total NUMERIC NOT NULL,
      seen INT NOT NULL DEFAULT 1
    )
  `);

  let read = 0;
  let after: string | undefined;
  do {
    const page: OrderPage = await fastn.connector.demoShop.listOrders({ limit: PAGE_SIZE, after });
    for (const order of page.orders) {
      await fastn.db.query(
        `INSERT INTO shop_order (id, customer, country, total) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE
         SET customer = excluded.customer, country = excluded.country, total = excluded.total, seen = shop_order.seen + 1`,
        [order.id, order.customer, order.country, order.total]
      );
      read++;
    }
    after = page.next;
  } while (after);

  const countries: CountryRow[] = await fastn.db.query(`
    SELECT country, count(*)::int AS orders, sum(total)::float8 AS revenue
    FROM shop_order GROUP BY country ORDER BY country
  `);
  return { read, countries };
}
