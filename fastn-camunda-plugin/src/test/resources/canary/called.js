export default async function (ctx) {
  await fastn.connector.shop.put({ x: `${ctx.execution.id}-1` });
  if (ctx.input.fail) throw new Error(`refused ${ctx.input.token}`);
  await fastn.state.set("called", ctx.input);
  await fastn.connector.shop.put({ x: `${ctx.execution.id}-2` });
  return { whole: ctx.input.odd.length === ctx.input.length, kept: (await fastn.state.get("called")).odd === ctx.input.odd, input: ctx.input };
}
