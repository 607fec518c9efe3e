// Calls beside each other, twice, with a value in between that depends on them.
export default async function (ctx) {
  const run = ctx.input;
  const put = name => fastn.connector.shop.put({ x: `${run}-par-${name}` });
  const [a, b, item] = await Promise.all([put("a"), put("b"), fastn.connector.shop.read({ x: run })]);
  await Promise.all([
    fastn.state.set(`${run}-left`, `c${item.call}`),
    fastn.state.set(`${run}-right`, b.value),
    fastn.db.query("INSERT INTO done (run, what) VALUES ($1, $2)", [run, `c${item.call}`]),
    put("c")
  ]);
  return [a.value, await fastn.state.get(`${run}-left`), await fastn.state.get(`${run}-right`)];
}
