// Functions that call functions, one of them itself.
const log = (run, what) => fastn.db.query("INSERT INTO done (run, what) VALUES ($1, $2)", [run, what]);

async function fetched(run, name) {
  const item = await fastn.connector.shop.read({ x: `${run}-${name}` });
  return { ...item, name };
}

async function stored(run, name) {
  const item = await fetched(run, name);
  await fastn.state.set(`${run}-${item.name}`, `c${item.call}`);
  return item;
}

async function descend(run, depth) {
  if (depth === 0) return "ground";
  await log(run, `floor ${depth}`);
  return descend(run, depth - 1);
}

export default async function (ctx) {
  const run = ctx.input;
  const a = await stored(run, "a");
  const b = await stored(run, "b");
  const end = await descend(run, 3);
  await log(run, end);
  return [`c${a.call}`, `c${b.call}`, end];
}
