// What was done is undone in reverse when a later part fails.
export default async function (ctx) {
  const run = ctx.input;
  const done = [];
  try {
    for (const part of ["flight", "hotel", "car"]) {
      if (part === "car") throw new TypeError("no car");
      await fastn.connector.shop.once({ x: `${run}-${part}` });
      done.push(part);
    }
  } catch (e) {
    await fastn.state.set(run, e.message);
    while (done.length > 0) {
      await fastn.connector.shop.put({ x: `${run}-cancel-${done.pop()}` });
    }
  } finally {
    await fastn.db.query("INSERT INTO done (run, what) VALUES ($1, $2)", [run, await fastn.state.get(run)]);
  }
  return done.length;
}
