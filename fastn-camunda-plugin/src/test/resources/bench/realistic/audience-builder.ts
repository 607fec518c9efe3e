// Builds marketing audiences with a generic repository and specifications. A bit over-engineered, but it works.
interface Entity { id: string }
interface Customer extends Entity { email: string; country: string; spent: number; tags?: string[]; optIn: boolean }

interface Repository<T extends Entity> {
  all(): AsyncIterableIterator<T>;
  find(id: T["id"]): Promise<T | null>;
}

abstract class Spec<T> {
  abstract test(x: T): boolean;
  and(other: Spec<T>): Spec<T> { return new And(this, other); }
  not(): Spec<T> { return new Not(this); }
}
class And<T> extends Spec<T> {
  constructor(private a: Spec<T>, private b: Spec<T>) { super(); }
  test(x: T) { return this.a.test(x) && this.b.test(x); }
}
class Not<T> extends Spec<T> {
  constructor(private inner: Spec<T>) { super(); }
  test(x: T) { return !this.inner.test(x); }
}
class Where<T> extends Spec<T> {
  constructor(public readonly test: (x: T) => boolean) { super(); }
}

class ShopCustomers implements Repository<Customer> {
  private static readonly PAGE = 2;
  loads = 0;
  async *all(): AsyncIterableIterator<Customer> {
    for (let offset = 0; ; offset += ShopCustomers.PAGE) {
      const { customers } = await fastn.connector.shop.listCustomers({ offset, limit: ShopCustomers.PAGE });
      this.loads++;
      yield* customers as Customer[];
      if (customers.length < ShopCustomers.PAGE) return;
    }
  }
  async find(id: string): Promise<Customer | null> {
    try {
      return (await fastn.connector.shop.getCustomer({ id })) as Customer;
    } catch (e) {
      if ((e as any).status === 404) return null;
      throw e;
    }
  }
}

const optedIn = new Where<Customer>((c) => c.optIn);
const big = new Where<Customer>((c) => c.spent >= 1000);
const from = (...countries: string[]) => new Where<Customer>((c) => countries.includes(c.country));
const tagged = (t: string) => new Where<Customer>(({ tags }) => tags?.includes(t) ?? false);

const AUDIENCES: Record<string, Spec<Customer>> = {
  "vip-dach": optedIn.and(big).and(from("DE", "AT", "CH")),
  "win-back": optedIn.and(tagged("inactive")).and(big.not()),
};

export default async function build(ctx: { input?: { extra?: string[] } }) {
  const repository = new ShopCustomers();
  const members = new Map<string, Customer[]>(Object.keys(AUDIENCES).map((k) => [k, []]));

  for await (const customer of repository.all()) {
    for (const [name, spec] of Object.entries(AUDIENCES)) {
      if (spec.test(customer)) members.get(name)!.push(customer);
    }
  }
  for (const id of ctx.input?.extra ?? []) {
    const customer = await repository.find(id);
    if (customer) members.get("vip-dach")!.push(customer);
    else console.warn(`customer ${id} does not exist`);
  }

  const result: Record<string, number> = {};
  for (const [name, customers] of members) {
    const known: string[] = (await fastn.state.get(`audience:${name}`)) ?? [];
    const emails = customers.map((c) => c.email);
    for (const email of emails.filter((e) => !known.includes(e))) await fastn.connector.marketing.addToList({ list: name, email });
    for (const email of known.filter((e) => !emails.includes(e))) await fastn.connector.marketing.removeFromList({ list: name, email });
    await fastn.state.set(`audience:${name}`, emails);
    result[name] = emails.length;
  }
  return { ...result, loads: repository.loads };
}
