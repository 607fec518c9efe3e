// A line that ends with "wrong" holds exactly one mistake, every other line none.
const chosen = new Fastn({ connectors: { demoShop: { orgId: "managed" }, "hubspot-crm": {} } });
const other = new Fastn({ connectors: { demoShop: { orgId: "mine" } } }); // wrong
const unknown = new Fastn({ connectors: { demoShoop: {} } }); // wrong

/** @param {FastnContext<{ orderId: string }>} ctx */
export default async function (ctx) {
  const order = await chosen.connector.demoShop.getOrder({ orderId: ctx.input.orderId });
  await fastn.connector["hubspot-crm"].getDeal({ dealId: order.id });
  await fastn.connector.demoShoop.getOrder({ orderId: "1" }); // wrong
  await fastn.connector.demoShop.getOrders({ orderId: "1" }); // wrong
  await fastn.connector.demoShop.getOrder({ orderID: "1" }); // wrong
  await fastn.connector.demoShop.getOrder(); // wrong
  await fastn.connector.class.everything({ name: "a", "odd key": 1, size: "small", pair: ["a", 1] });
  await fastn.connector.class.everything({ name: "a", "odd key": "1" }); // wrong
  await fastn.connector.class.everything({ name: "a", "odd key": 1, size: "medium" }); // wrong
  await fastn.connector.class.everything({ name: "a", "odd key": 1, tree: { value: "a", children: [{ value: 1 }] } }); // wrong
  await fastn.connector.class.list({ page: 1 }); // wrong
  await fastn.connector.class.open({ id: "1", more: true });
  const answer = await fastn.connector.class.everything({ name: "a", "odd key": 1 });
  if (answer.done === answer.self.done && answer.status === 200) console.log(answer.durationMs);
  console.log(answer.donne); // wrong
  const count = await fastn.state.increment("runs", 1, { ttl: 60 });
  await fastn.state.set(count, 1); // wrong
  await fastn.state.setIfAbsent("a", 1, { scope: "RUN" }); // wrong
  console.log((await fastn.envConfig.get("limit")) ?? 10);
  await fastn.envConfig.get(1); // wrong
  await fastn.sleep("1s"); // wrong
  await fastn.waitFor("approved", { key: 1, timeout: new Date() });
  const rows = await fastn.db.query("SELECT 1 WHERE $1 = $2", [1n, new Date()]);
  console.log(rows.rowCount, rows[0], rows.rows.length);
  const reply = await fetch("https://example.com", { method: "POST", body: JSON.stringify({}), signal: AbortSignal.timeout(1000) });
  console.log((await reply.json()).x, reply.headers.get("a"), crypto.randomUUID().length, new URL("https://a").host);
  console.log(document.title); // wrong
  console.log(process.env); // wrong
  console.log(ctx.inputs); // wrong
  await fastn.flow.invoke("other", { key: fastn.secrets.ref("KEY") });
  return setTimeout(() => {}, 1).toFixed();
}
