// Price changes in bulk: rules, rounding to .99, batches of 3 with a pause, everything can be rolled back from a snapshot.
type Change = { id: number; from: number; to: number };

interface PriceRule {
  match: { tag?: string; minStock?: number; priceBelow?: number };
  action: { percent: number } | { absolute: number };
}

class Snapshot {
  private readonly prices = new Map<number, number>();
  constructor(readonly key: string) {}
  remember(id: number, price: number): this {
    if (!this.prices.has(id)) this.prices.set(id, price);
    return this;
  }
  async save(): Promise<void> {
    await fastn.state.set(this.key, [...this.prices]);
  }
  *changesSince(done: readonly Change[]): Generator<Change> {
    for (const { id, to } of [...done].reverse()) yield { id, from: to, to: this.prices.get(id)! };
  }
}

const charm = (price: number): number => {
  if (price < 10) return Math.round(price * 100) / 100;
  const whole = Math.floor(price);
  return price - whole < 0.5 ? whole - 0.01 : whole + 0.99;
};

const applies = ({ tag, minStock = 0, priceBelow = Infinity }: PriceRule["match"], p: { tags: string[]; stock: number; price: number }) =>
  (tag === undefined || p.tags.includes(tag)) && p.stock >= minStock && p.price < priceBelow;

export default async function update(ctx: { input: { rules: PriceRule[]; run: string; maxChange?: number } }) {
  const { rules, run, maxChange = 0.3 } = ctx.input;
  const { shop, chat } = fastn.connector;
  const { items } = await shop.listProducts({ status: "active" });
  const snapshot = new Snapshot(`prices:${run}`);
  const planned: Change[] = [];
  const refused: string[] = [];

  for (const product of items) {
    let price: number = product.price;
    for (const rule of rules) {
      if (!applies(rule.match, { ...product, price })) continue;
      price = "percent" in rule.action ? price * (1 + rule.action.percent / 100) : price + rule.action.absolute;
    }
    price = charm(price);
    if (price === product.price) continue;
    if (Math.abs(price - product.price) / product.price > maxChange) {
      refused.push(`${product.id}: ${product.price} -> ${price}`);
      continue;
    }
    snapshot.remember(product.id, product.price);
    planned.push({ id: product.id, from: product.price, to: price });
  }
  if (planned.length === 0) return { changed: 0, refused };
  await snapshot.save();

  const done: Change[] = [];
  try {
    for (let i = 0; i < planned.length; i += 3) {
      const batch = planned.slice(i, i + 3);
      if (i > 0) await fastn.sleep(500);
      for (const change of batch) {
        await shop.updateProduct({ id: change.id, price: change.to });
        done.push(change);
      }
    }
  } catch (e) {
    const message = (e as Error).message;
    for (const back of snapshot.changesSince(done)) {
      await shop.updateProduct({ id: back.id, price: back.to });
    }
    await chat.postMessage({ channel: "#pricing", text: `run ${run} was rolled back after ${done.length} changes: ${message}` });
    return { changed: 0, rolledBack: done.length, refused };
  }
  if (refused.length) await chat.postMessage({ channel: "#pricing", text: `refused: ${refused.join("; ")}` });
  return { changed: done.length, refused, sum: Number(done.reduce((s, c) => s + c.to - c.from, 0).toFixed(2)) };
}
