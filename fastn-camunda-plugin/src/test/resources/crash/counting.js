// One of two claims wins, and every visit is counted once.
export default async function (ctx) {
  const run = ctx.input;
  const first = await fastn.state.setIfAbsent(run, { by: "first" });
  const second = await fastn.state.setIfAbsent(run, { by: "second" }, { ttl: 3600 });
  const counts = [];
  for (let i = 0; i < 3; i++) {
    counts.push(await fastn.state.increment(`${run}-visits`));
    const item = await fastn.connector.shop.read({ x: `${run}-${i}` });
    await fastn.connector.shop.put({ x: `${run}-${i}-c${item.call}` });
  }
  const amounts = await Promise.all([fastn.state.increment(`${run}-a`, 0.1), fastn.state.increment(`${run}-b`, -2, { scope: "INVOCATION" })]);
  return [first, second, counts, amounts, await fastn.state.get(run), await fastn.state.increment(`${run}-a`, 0.2)];
}
