export default async function (ctx) {
  const token = await fastn.secrets.get("TOKEN");
  const odd = await fastn.secrets.get("ODD");
  const answers = await Promise.all([fastn.flow.invoke("called", { token, odd, length: odd.length }), fastn.connector.shop.put({ x: `${ctx.input}-1` })]);
  const alone = await fastn.flow.invoke("called", { token, odd, length: odd.length });
  const started = await fastn.flow.invokeAsync("called-at-once", { token, odd, length: odd.length });
  const error = await fastn.flow.invoke("called", { token, fail: true }).catch((thrown) => thrown.message);
  return [answers[0], alone, error, typeof started.executionId];
}
