// Reads no secret itself: what an earlier run has stored tells it.
export default async function (ctx) {
  await fastn.state.set("seen", ctx.input);
  const stored = await fastn.flow.invoke("keeper", "get");
  await fastn.connector.shop.put({ x: `${ctx.input}-1` });
  return stored;
}
