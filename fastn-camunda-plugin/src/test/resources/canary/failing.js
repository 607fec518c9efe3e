export default async function (ctx) {
  const token = await fastn.secrets.get("TOKEN");
  const told = await fastn.connector.shop.write({ x: token });
  try {
    await fastn.connector.shop.flaky({ x: token });
  } catch (error) {
    await fastn.connector.shop.put({ x: `${ctx.input}-1` });
    throw new Error(`${error.message} of ${told.value}`, { cause: error });
  }
}
