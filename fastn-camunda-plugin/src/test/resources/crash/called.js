// Is called by calling.js.
export default async function (ctx) {
  const paid = await fastn.connector.shop.once({ x: ctx.input });
  await fastn.sleep(60_000);
  if (ctx.input.endsWith("-bad")) throw Object.assign(new RangeError("bad"), { retryable: false });
  return paid.value;
}
