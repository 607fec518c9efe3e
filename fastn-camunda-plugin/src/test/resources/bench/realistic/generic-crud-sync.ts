// One sync engine, several mappings. Adapters are plain objects with generics; the engine does create, update, delete with a link table.
interface Adapter<S extends { id: string }, T> {
  readonly name: string;
  source(since: string): Promise<readonly S[]>;
  map(s: S): T | null;
  create(t: T): Promise<string>;
  update(id: string, t: T): Promise<void>;
  remove?(id: string): Promise<void>;
}

type Contact = { id: string; mail: string; first?: string; last?: string; deleted?: true };
type Subscriber = { email: string; name: string };
type Product = { id: string; title: string; cents: number };
type Item = { sku: string; label: string; price: number };

const contacts: Adapter<Contact, Subscriber> = {
  name: "contacts",
  source: async (since) => (await fastn.connector.crm.listContacts({ since })).items,
  map: (c) => (c.mail ? { email: c.mail.toLowerCase(), name: [c.first, c.last].filter((x): x is string => !!x).join(" ") } : null),
  create: async (s) => (await fastn.connector.marketing.addToList({ list: "crm", ...s })).id,
  update: async (id, s) => void (await fastn.connector.marketing.addToList({ list: "crm", id, ...s })),
  remove: async (id) => void (await fastn.connector.marketing.removeFromList({ list: "crm", id })),
};

const products: Adapter<Product, Item> = {
  name: "products",
  async source() {
    const { items } = await fastn.connector.shop.listProducts({});
    return items;
  },
  map({ id, title, cents }) {
    return { sku: `P-${id}`, label: title, price: cents / 100 };
  },
  async create(item) {
    const { id } = await fastn.connector.erp.updateItem({ ...item, create: true });
    return id;
  },
  async update(id, item) {
    await fastn.connector.erp.updateItem({ id, ...item });
  },
};

const stamp = (x: unknown): string => JSON.stringify(x, (_, v) => (v && typeof v === "object" && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1))) : v));

async function sync<S extends { id: string; deleted?: true }, T>(adapter: Adapter<S, T>, since: string) {
  const result = { created: 0, updated: 0, removed: 0, same: 0, failed: [] as string[] };
  const links = new Map<string, { target: string; stamp: string }>();
  for (const row of await fastn.db.query("SELECT source, target, stamp FROM link WHERE adapter = $1", [adapter.name])) {
    links.set(row.source as string, { target: row.target as string, stamp: row.stamp as string });
  }

  for (const s of await adapter.source(since)) {
    const link = links.get(s.id);
    try {
      if (s.deleted) {
        if (!link || !adapter.remove) continue;
        await adapter.remove(link.target);
        await fastn.db.query("DELETE FROM link WHERE adapter = $1 AND source = $2", [adapter.name, s.id]);
        result.removed++;
        continue;
      }
      const mapped = adapter.map(s);
      if (mapped === null) continue;
      const now = stamp(mapped);
      if (link?.stamp === now) {
        result.same++;
      } else if (link) {
        await adapter.update(link.target, mapped);
        await fastn.db.query("UPDATE link SET stamp = $3 WHERE adapter = $1 AND source = $2", [adapter.name, s.id, now]);
        result.updated++;
      } else {
        const target = await adapter.create(mapped);
        await fastn.db.query("INSERT INTO link (adapter, source, target, stamp) VALUES ($1, $2, $3, $4)", [adapter.name, s.id, target, now]);
        result.created++;
      }
    } catch (e) {
      result.failed.push(`${s.id}: ${(e as Error).message}`);
    }
  }
  return result;
}

export default async function main(ctx: { input: { since: string; only?: string } }) {
  const out: Record<string, Awaited<ReturnType<typeof sync>>> = {};
  if (ctx.input.only !== "products") out.contacts = await sync(contacts, ctx.input.since);
  if (ctx.input.only !== "contacts") out.products = await sync(products, ctx.input.since);
  const failed = Object.values(out).reduce((n, r) => n + r.failed.length, 0);
  if (failed > 0) await fastn.connector.chat.postMessage({ channel: "#sync", text: `${failed} records failed` });
  return out;
}
