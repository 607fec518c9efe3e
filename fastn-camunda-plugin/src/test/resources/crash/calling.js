// Calls another workflow: alone, beside others, and in vain.
export default async function (ctx) {
  const run = ctx.input;
  const first = await fastn.flow.invoke("called", `${run}-1`);
  await fastn.connector.shop.put({ x: `${run}-between` });
  const beside = await Promise.all(["par-2", "par-3"].map((name) => fastn.flow.invoke("called", `${run}-${name}`)));
  try {
    await fastn.flow.invoke("called", `${run}-bad`);
  } catch (e) {
    await fastn.connector.shop.put({ x: `${run}-${e.cause.name}` });
  }
  return [first, beside];
}
