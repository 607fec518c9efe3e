const { read, write } = fastn.connector.probe;

export default async function (ctx) {
  const sum = (await read(ctx.input.a)) + (await read(ctx.input.b));
  console.log("sum", sum);
  await write({ sum, id: crypto.randomUUID(), luck: Math.random(), at: Date.now() });
  return { sum, counts: [await fastn.connector.probe.count(), await fastn.connector.probe.count()] };
}
