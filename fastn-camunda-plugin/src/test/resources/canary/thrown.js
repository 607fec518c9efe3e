export default async function (ctx) {
  const token = await fastn.secrets.get("TOKEN");
  await fastn.connector.shop.put({ x: `${ctx.input}-1` });
  const odd = await fastn.secrets.get("ODD");
  await fastn.connector.shop.put({ x: `${ctx.input}-2` });
  throw Object.assign(new Error(`refused ${token}`, { cause: new Error(odd) }), { name: `Error of ${odd}`, odd, list: [{ token }] });
}
