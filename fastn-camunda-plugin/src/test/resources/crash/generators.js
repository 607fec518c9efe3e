// A generator that reads page after page, and one that only counts.
async function* pages(run) {
  let cursor = 1;
  while (cursor < 4) {
    const page = await fastn.connector.shop.read({ x: `${run}-${cursor}` });
    yield { number: cursor, call: `c${page.call}` };
    cursor++;
  }
}

function* numbers() {
  let n = 10;
  for (;;) yield n++;
}

export default async function (ctx) {
  const run = ctx.input;
  const ids = numbers();
  const all = [];
  for await (const page of pages(run)) {
    const id = ids.next().value;
    await fastn.db.query("INSERT INTO done (run, what) VALUES ($1, $2)", [run, `${id} ${page.call}`]);
    all.push([id, page.number, page.call]);
  }
  return all;
}
