// Database, state and connector, with a payment that must not be repeated unasked.
export default async function (ctx) {
  const run = ctx.input;
  const before = await fastn.db.query("SELECT count(*)::int AS n FROM done WHERE run = $1", [run]);
  await fastn.db.query("INSERT INTO done (run, what) VALUES ($1, 'begun')", [run]);
  await fastn.state.set(run, { step: 1 });
  const paid = await fastn.connector.shop.once({ x: `${run}-pay` });
  await fastn.state.set(run, { step: 2, paid: paid.value }, { scope: "INVOCATION" });
  const state = await fastn.state.get(run, { scope: "INVOCATION" });
  await fastn.db.query("INSERT INTO done (run, what) VALUES ($1, $2)", [run, state.paid]);
  const after = await fastn.db.query("SELECT what FROM done WHERE run = $1 ORDER BY at", [run]);
  await fastn.state.delete(run);
  return [before, after, state.step, await fastn.state.get(run)];
}
