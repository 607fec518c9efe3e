export default async function (ctx) {
  let total = 0;
  for (const item of ctx.input.items) {
    total += item.price * item.quantity;
  }
  return { total, discount: total > 500 ? 0.1 : 0 };
}
