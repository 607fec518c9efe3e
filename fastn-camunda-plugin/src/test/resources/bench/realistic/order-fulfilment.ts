// Fulfils a paid order: split into parcels, choose a carrier, labels, stock bookings, mails. Typed as our shop team likes it.
enum ParcelState {
  Planned = "planned",
  Labelled = "labelled",
  Failed = "failed",
}

enum Priority {
  Low,
  Normal,
  Express = 10,
}

interface Line {
  readonly sku: string;
  quantity: number;
  weight?: number;
  hazardous?: boolean;
}

interface Order {
  id: string;
  email: string;
  country: string;
  lines: Line[];
  express?: boolean;
}

interface Parcel {
  lines: Line[];
  weight: number;
  state: ParcelState;
  tracking?: string;
  error?: string;
}

type Rate = { carrier: string; price: number; days: number };
type Result = { status: "shipped" | "partial" | "backorder"; parcels: Pick<Parcel, "state" | "tracking" | "weight">[]; cost: number };

const MAX_WEIGHT = 10;
const EU: ReadonlySet<string> = new Set(["DE", "FR", "AT", "NL"] as const);

function pack(lines: readonly Line[]): Parcel[] {
  const parcels: Parcel[] = [];
  const fits = (p: Parcel, l: Line): boolean =>
    p.weight + (l.weight ?? 1) <= MAX_WEIGHT && p.lines.every((o) => !!o.hazardous === !!l.hazardous);
  for (const line of lines) {
    for (let i = 0; i < line.quantity; i++) {
      const one: Line = { ...line, quantity: 1 };
      let parcel = parcels.find((p) => fits(p, one));
      if (!parcel) parcels.push((parcel = { lines: [], weight: 0, state: ParcelState.Planned }));
      parcel.lines.push(one);
      parcel.weight += one.weight ?? 1;
    }
  }
  return parcels;
}

function cheapest<T extends { price: number }>(xs: T[], accept: (x: T) => boolean = () => true): T | undefined {
  return xs.filter(accept).reduce<T | undefined>((best, x) => (best === undefined || x.price < best.price ? x : best), undefined);
}

export default async function fulfil(ctx: { input: { orderId: string } }): Promise<Result> {
  const { shop, erp, shipping, mail } = fastn.connector;
  const order = (await shop.getOrder({ id: ctx.input.orderId })) as Order;
  const priority: Priority = order.express ? Priority.Express : EU.has(order.country) ? Priority.Normal : Priority.Low;
  console.log(`order ${order.id} has priority ${Priority[priority]}`);

  const missing: Line[] = [];
  const available: Line[] = [];
  for (const line of order.lines) {
    const { onHand } = (await erp.getStock({ sku: line.sku })) as { onHand: number };
    const now = Math.min(onHand, line.quantity);
    if (now > 0) available.push({ ...line, quantity: now });
    if (now < line.quantity) missing.push({ ...line, quantity: line.quantity - now });
  }

  if (available.length === 0) {
    await mail.send({ to: order.email, subject: `Order ${order.id} is delayed`, lines: missing });
    await shop.updateOrder({ id: order.id, status: "backorder" });
    return { status: "backorder", parcels: [], cost: 0 };
  }

  const parcels = pack(available);
  let cost = 0;
  for (const parcel of parcels) {
    const rates: Rate[] = (await shipping.getRates({ weight: parcel.weight, country: order.country, hazardous: parcel.lines.some((l) => l.hazardous) })).rates;
    const rate = cheapest(rates, (r) => priority !== Priority.Express || r.days <= 1) ?? cheapest(rates);
    if (!rate) {
      parcel.state = ParcelState.Failed;
      parcel.error = "no carrier";
      continue;
    }
    try {
      const label = await shipping.createLabel({ order: order.id, carrier: rate.carrier, weight: parcel.weight });
      parcel.tracking = label.tracking as string;
      parcel.state = ParcelState.Labelled;
      cost += rate.price;
      for (const { sku } of parcel.lines) {
        await erp.release({ sku, quantity: 1, parcel: parcel.tracking! });
      }
    } catch (e: unknown) {
      parcel.state = ParcelState.Failed;
      parcel.error = e instanceof Error ? e.message : String(e);
    }
  }

  const ok = parcels.filter((p): p is Parcel & { tracking: string } => p.state === ParcelState.Labelled);
  if (ok.length > 0) {
    await mail.send({ to: order.email, subject: `Order ${order.id} is on its way`, text: ok.map((p) => p.tracking).join(", ") });
  }
  const status: Result["status"] = ok.length === parcels.length && missing.length === 0 ? "shipped" : "partial";
  await shop.updateOrder({ id: order.id, status, note: parcels.map((p) => p.error).filter(Boolean).join("; ") || undefined });
  return { status, parcels: parcels.map(({ state, tracking, weight }) => ({ state, tracking, weight })), cost } satisfies Result;
}
