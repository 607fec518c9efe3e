export default async function (ctx) {
  const token = await fastn.secrets.get("TOKEN");
  console.log("token", token, { token });
  await fastn.connector.shop.put({ x: `${ctx.input}-1` });
  console.error(new Error(token));
  setTimeout(() => { throw new Error(token); }, 0);
  await fastn.connector.shop.put({ x: `${ctx.input}-2` });
  return token;
}
