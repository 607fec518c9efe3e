// Exports last month's orders to a sheet. Paging is hidden in async generators that are composed.
async function* orderPages(since) {
  let cursor = null;
  let page = 0;
  do {
    const res = await fastn.connector.shop.listOrders({ since, cursor, limit: 2 });
    page++;
    console.log(`page ${page}: ${res.orders.length} orders`);
    yield res.orders;
    cursor = res.next;
  } while (cursor);
}

async function* flatten(pages) {
  for await (const page of pages) yield* page;
}

async function* filter(source, test) {
  for await (const x of source) if (test(x)) yield x;
}

async function* take(source, n) {
  if (n <= 0) return;
  for await (const x of source) {
    yield x;
    if (--n === 0) return;
  }
}

async function* chunks(source, size) {
  let chunk = [];
  for await (const x of source) {
    chunk.push(x);
    if (chunk.length === size) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length) yield chunk;
}

export default async function (ctx) {
  const { since, max = Infinity } = ctx.input;
  const paid = filter(flatten(orderPages(since)), (o) => o.status === "paid");
  let row = 2;
  let revenue = 0;
  for await (const chunk of chunks(take(paid, max), 3)) {
    await fastn.connector.sheets.updateRange({
      range: `Orders!A${row}:C${row + chunk.length - 1}`,
      values: chunk.map((o) => [o.number, o.date, o.total]),
    });
    row += chunk.length;
    revenue = chunk.reduce((s, o) => s + o.total, revenue);
  }
  if (row === 2) return { rows: 0 };
  await fastn.connector.sheets.updateRange({ range: `Orders!C${row}`, values: [[revenue]] });
  return { rows: row - 2, revenue };
}
