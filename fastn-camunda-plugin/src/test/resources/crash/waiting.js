// Waits for events, as a statement and in a step that can not be cut.
export default async function (ctx) {
  const run = ctx.input;
  await fastn.connector.shop.put({ x: `${run}-asked` });
  const first = await fastn.waitFor("approved", { key: `${run}-1`, timeout: 86_400_000 });
  await fastn.db.query("INSERT INTO done (run, what) VALUES ($1, $2)", [run, first.by]);
  const answers = [];
  await Promise.all(["2", "3"].map(async name => {
    const answer = await fastn.waitFor("approved", { key: `${run}-${name}` });
    answers.push(answer.by);
    await fastn.connector.shop.put({ x: `${run}-par-${name}` });
  }));
  return [first.by, answers.sort()];
}
