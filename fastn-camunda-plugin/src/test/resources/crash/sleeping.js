// Sleeps as statements and in a step that can not be cut.
export default async function (ctx) {
  const run = ctx.input;
  await fastn.connector.shop.put({ x: `${run}-evening` });
  await fastn.sleep(3_600_000);
  const woken = [];
  await Promise.all([2, 1].map(async hours => {
    await fastn.connector.shop.put({ x: `${run}-par-${hours}` });
    await fastn.sleep(hours * 3_600_000);
    woken.push(hours);
  }));
  await fastn.state.set(run, woken);
  await fastn.sleep(60_000);
  return woken;
}
