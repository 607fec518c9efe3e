export default async function (ctx) {
  if (ctx.input === "get") {
    const kept = await fastn.state.get("kept");
    await fastn.connector.shop.put({ x: `${ctx.execution.id}-${kept.length}` });
    await fastn.state.set("copy", `again ${kept}`);
    await fastn.connector.shop.put({ x: `${ctx.execution.id}-2` });
    return { kept, same: (await fastn.state.get("copy")) === `again ${kept}` };
  }
  await fastn.state.set("kept", await fastn.secrets.get("TOKEN"));
}
