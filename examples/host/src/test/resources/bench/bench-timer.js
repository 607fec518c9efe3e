// How late the timer fires, in milliseconds.
export default async function (ctx) {
  const wait = ctx.input.wait;
  const asleep = Date.now();
  await fastn.sleep(wait);
  return Date.now() - asleep - wait;
}
