export default async function () {
  await fastn.db.query("CREATE TABLE credit (customer TEXT PRIMARY KEY, amount INT NOT NULL)");
  await fastn.db.query("CREATE TABLE orders (id BIGINT GENERATED ALWAYS AS IDENTITY, customer TEXT NOT NULL, total INT NOT NULL)");
  await fastn.db.query("INSERT INTO credit VALUES ('acme', 10000)");
  return "made";
}
