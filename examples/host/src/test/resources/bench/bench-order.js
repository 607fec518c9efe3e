export default async function (ctx) {
  const { items } = ctx.input;
  const { rows } = await fastn.db.query("SELECT amount FROM credit WHERE customer = $1", ["acme"]);
  const total = items.reduce((sum, item) => sum + item.price * item.quantity, 0);
  if (rows.length === 0 || total > rows[0].amount) {
    return { accepted: false, total };
  }
  await fastn.db.query("INSERT INTO orders (customer, total) VALUES ($1, $2)", ["acme", total]);
  return { accepted: true, total };
}
