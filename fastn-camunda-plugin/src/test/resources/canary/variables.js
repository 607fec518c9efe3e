// Held in variables of every kind while the run waits for an hour.
export default async function (ctx) {
  const token = await fastn.secrets.get("TOKEN");
  const user = await fastn.secrets.get("USER");
  const byToken = new Map([[token, { user }]]);
  const tokens = new Set([token]);
  const bytes = new TextEncoder().encode(token);
  const failure = new Error("outer", { cause: new Error(token) });
  await fastn.connector.shop.put({ x: `${ctx.input}-1` });
  await fastn.sleep(3_600_000);
  await fastn.connector.shop.put({ x: `${ctx.input}-2` });
  return [[...byToken], [...tokens], new TextDecoder().decode(bytes), failure.cause.message, byToken.get(token).user.password === user.password];
}
