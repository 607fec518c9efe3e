export default async function (ctx) {
  const results = [];
  for (const item of ctx.input) {
    const seen = await fastn.state.get("seen");
    results.push({ item, seen, text: `item number ${item}` });
  }
  return { count: results.length };
}
