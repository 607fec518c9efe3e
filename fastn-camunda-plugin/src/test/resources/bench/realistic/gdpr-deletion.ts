// Deletes a person everywhere on request. Each system is a small class with the same interface; what can not be deleted is anonymised.
interface Eraser {
  readonly system: string;
  find(email: string): Promise<string[]>;
  erase(id: string): Promise<"deleted" | "anonymised">;
}

abstract class Base implements Eraser {
  abstract readonly system: string;
  protected constructor(protected readonly client: Fastn) {}
  abstract find(email: string): Promise<string[]>;
  abstract erase(id: string): Promise<"deleted" | "anonymised">;
}

class CrmEraser extends Base {
  readonly system = "crm";
  constructor(client: Fastn) { super(client); }
  async find(email: string) {
    const { items } = await this.client.connector.crm.searchContacts({ email });
    return items.map((c: { id: string }) => c.id);
  }
  async erase(id: string) {
    await this.client.connector.crm.deleteContact({ id });
    return "deleted" as const;
  }
}

class ShopEraser extends Base {
  readonly system = "shop";
  constructor(client: Fastn, private readonly keepOrders = true) { super(client); }
  async find(email: string) {
    const { customers } = await this.client.connector.shop.listCustomers({ email });
    return customers.map(({ id }: { id: string }) => id);
  }
  async erase(id: string): Promise<"deleted" | "anonymised"> {
    const { orders } = await this.client.connector.shop.listOrders({ customer: id });
    if (orders.length > 0 && this.keepOrders) {
      // invoices must be kept for ten years
      for (const order of orders) await this.client.connector.shop.updateOrder({ id: order.id, customer: "anonymous" });
      return "anonymised";
    }
    await this.client.connector.shop.deleteCustomer({ id });
    return "deleted";
  }
}

class MarketingEraser extends Base {
  readonly system = "marketing";
  constructor(client: Fastn) { super(client); }
  async find(email: string) {
    const s = await this.client.connector.marketing.getSubscriber({ email });
    return s ? [email] : [];
  }
  async erase(email: string) {
    await this.client.connector.marketing.removeFromList({ list: "*", email });
    return "deleted" as const;
  }
}

class DeletionError extends Error {
  override name = "DeletionError";
  constructor(readonly system: string, readonly done: readonly string[], options?: ErrorOptions) {
    super(`${system} could not be erased`, options);
  }
}

export default async function eraseMe(ctx: { input: { request: string; email: string } }) {
  const client = new Fastn();
  const { email, request } = ctx.input;
  const [row] = await client.db.query("SELECT confirmed_at, held FROM deletion_request WHERE id = $1", [request]);
  if (!row) throw new TypeError(`no request ${request}`);
  if (row.held) return { request, status: "on hold" };

  const erasers: Eraser[] = [new CrmEraser(client), new ShopEraser(client), new MarketingEraser(client)];
  const protocol: string[] = [];
  for (const eraser of erasers) {
    try {
      const ids = await eraser.find(email);
      for (const id of ids) protocol.push(`${eraser.system} ${id} ${await eraser.erase(id)}`);
      if (ids.length === 0) protocol.push(`${eraser.system} nothing`);
    } catch (cause) {
      await client.connector.tickets.createTicket({ title: `GDPR ${request}: ${eraser.system}`, due: "30 days" });
      await client.db.query("UPDATE deletion_request SET protocol = $2 WHERE id = $1", [request, protocol]);
      throw new DeletionError(eraser.system, [...protocol], { cause });
    }
  }
  await client.db.query("UPDATE deletion_request SET done = true, protocol = $2 WHERE id = $1", [request, protocol]);
  await client.connector.mail.send({ to: email, subject: "Your data was deleted", text: protocol.join("\n") });
  return { request, status: "done", protocol };
}
