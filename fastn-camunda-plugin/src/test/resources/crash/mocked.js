// Some calls are mocked, in sequence and once with an error that a retry gets past; all of them are recorded.
export default async function (ctx) {
  const run = ctx.input;
  const item = await fastn.connector.shop.read({ x: run });
  const got = [];
  for (const name of ["a", "b", "c"]) {
    const { value } = await fastn.connector.shop.put({ x: `${run}-${name}` });
    got.push(value);
    await fastn.state.set(`${run}-last`, value);
  }
  await fastn.connector.shop.put({ x: `${run}-c${item.call}` });
  return [got, await fastn.connector.shop.flaky({ x: run }), `c${item.call}`];
}
