export default async function (ctx) {
  const run = ctx.input;
  const token = await fastn.secrets.get("TOKEN");
  const odd = await fastn.secrets.get("ODD");
  await fastn.state.set(`${run}-org`, { token, odd, reversed: [...token].reverse().join("") });
  await fastn.state.set(`${run}-own`, odd, { scope: "INVOCATION" });
  await fastn.state.setIfAbsent(`${run}-claim`, [token]);
  await fastn.state.increment(`${run}-count`, Number(await fastn.secrets.get("PIN")));
  await fastn.connector.shop.put({ x: `${run}-1` });
  const org = await fastn.state.get(`${run}-org`);
  const own = await fastn.state.get(`${run}-own`, { scope: "INVOCATION" });
  const claim = await fastn.state.get(`${run}-claim`);
  await fastn.connector.shop.put({ x: `${run}-2` });
  const refused = await fastn.state.set(`key of ${token}`, 1).catch((error) => error.code);
  return [org.token === token, org.odd === odd, own === odd, claim[0] === token, refused, { token: org.token, odd: org.odd }, own, claim, await fastn.state.increment(`${run}-count`, 0)];
}
