// Clock, chance and everything a variable can hold, across waits that store it.
class Purse {
  #coins = 0;
  label = "purse";
  put(n) { this.#coins += n; return this; }
  get coins() { return this.#coins; }
}

export default async function (ctx) {
  const run = ctx.input;
  const chance = () => "c" + Math.floor(Math.random() * 1e9);
  const box = { at: new Date(), ids: new Map(), set: new Set([undefined, NaN, -0]), big: 2n ** 70n };
  box.self = box;
  const purse = new Purse();
  for (const name of ["x", "y", "z"]) {
    box.ids.set(name, chance());
    await fastn.connector.shop.put({ x: `${run}-${name}-${box.ids.get(name)}` });
    purse.put(1);
    switch (name) {
      case "y": await fastn.sleep(60_000); break;
      default: await fastn.state.set(`${run}-${name}`, chance());
    }
  }
  const same = new Date() - box.at >= 59_000 && box.self === box && Object.is([...box.set][2], 0);
  return [[...box.ids], box.set.size, String(box.big), purse.coins, same];
}
