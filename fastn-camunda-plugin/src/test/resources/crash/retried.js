// The first two attempts fail; a catch tells somebody and throws again.
export default async function (ctx) {
  const run = ctx.input;
  await fastn.db.query("INSERT INTO done (run, what) VALUES ($1, 'before')", [run]);
  let answer;
  try {
    answer = await fastn.connector.shop.shy({ x: run });
  } catch (e) {
    await fastn.connector.shop.put({ x: `${run}-failed` });
    throw e;
  }
  try {
    await fastn.state.set(`${run}-x`, 1);
    throw new RangeError("caught");
  } catch (e) {
    await fastn.connector.shop.put({ x: `${run}-${e.name}` });
  }
  await fastn.db.query("INSERT INTO done (run, what) VALUES ($1, 'after')", [run]);
  return answer.value;
}
