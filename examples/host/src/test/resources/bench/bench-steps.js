export default async function (ctx) {
  const { items } = ctx.input;
  await fastn.state.set("value-1", { items: items.length }, { scope: "INVOCATION" });
  const first = await fastn.state.get("value-1", { scope: "INVOCATION" });
  await fastn.state.set("value-2", { items: first.items }, { scope: "INVOCATION" });
  const second = await fastn.state.get("value-2", { scope: "INVOCATION" });
  await fastn.state.set("value-3", { items: second.items }, { scope: "INVOCATION" });
  const third = await fastn.state.get("value-3", { scope: "INVOCATION" });
  await fastn.state.set("value-4", { items: third.items }, { scope: "INVOCATION" });
  const fourth = await fastn.state.get("value-4", { scope: "INVOCATION" });
  await fastn.state.set("value-5", { items: fourth.items }, { scope: "INVOCATION" });
  const fifth = await fastn.state.get("value-5", { scope: "INVOCATION" });
  if (fifth.items !== items.length) {
    throw new Error("lost");
  }
  return { items: fifth.items };
}
