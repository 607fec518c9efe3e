const hex = (text) => [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

export default async function (ctx) {
  const token = await fastn.secrets.get("TOKEN");
  const odd = await fastn.secrets.get("ODD");
  const user = await fastn.secrets.get("USER");
  await fastn.connector.shop.put({ x: `${ctx.input}-1` });
  const forms = [token, odd, user.password].map((secret) => ({
    base64: [base64(secret), base64(`a${secret}`), base64(`ab${secret}c`), base64(secret).replace(/\+/g, "-").replace(/\//g, "_")],
    url: [encodeURIComponent(secret), encodeURI(secret), `?token=${encodeURIComponent(secret)}&b=1`],
    form: encodeURIComponent(secret).replace(/%20/g, "+"),
    json: [JSON.stringify(secret), JSON.stringify(JSON.stringify({ secret }))],
    hex: [hex(secret), hex(secret).toUpperCase()],
    basic: `Basic ${base64(`user:${secret}`)}`,
    template: `Bearer ${secret}!`,
  }));
  await fastn.connector.shop.put({ x: `${ctx.input}-2` });
  return { forms, user };
}
