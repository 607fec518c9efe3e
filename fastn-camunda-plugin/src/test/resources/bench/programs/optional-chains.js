// === optional chains with effects behind the question mark
const o = { f(x) { return this.n + x }, n: 5, h: { k: { z: (a, b) => [a, b] } }, arr: [1, 2, 3] };
const none = null;
const r = [];
r.push((await p.read({ x: 1 }))?.x);
r.push(o?.f(await p.read(1)), none?.f(await p.read(2)));
r.push(o?.['f'](await p.read(4)));
r.push(o?.h?.k.z(await p.read(5), await p.read(6))?.length, none?.h.k[await p.read(7)]);
r.push(o?.arr?.map((v) => v + 1)[await p.read(2)]);
let v = o; v = v?.arr?.[await p.read(0)];
r.push(v);
if (none?.ok(await p.read(8))) r.push('no'); else r.push('right');
try { o.g.x?.y(await p.read(10)) } catch (e) { r.push(e.name) }
const q = await none?.then(await p.read(11)) ?? 'dflt';
r.push(q, (o?.f)(await p.read(12)));
const c = await fastn?.connector?.probe?.read(await p.read(13));
return [r, c];
// === what an optional call can not call is shown by its value
const o = { m: 3, n: { k: 'x' } };
const said = [];
try { o?.m?.(await p.read(1)); } catch (e) { said.push(e.name, e.message); }
try { (await p.read(o))?.n?.k?.(await p.read(2)); } catch (e) { said.push(e.name, e.message); }
try { o?.m(await p.read(3)); } catch (e) { said.push(e.name, e.message); }
try { o?.n['k'](await p.read(4)); } catch (e) { said.push(e.message); }
try { o.n?.k(await p.read(5)); } catch (e) { said.push(e.message); }
return said;

