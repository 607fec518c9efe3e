// === a call evaluates callee, arguments and spreads strictly from left to right
const log = [];
const t = (x) => (log.push(x), x);
const f = (...xs) => xs.join('');
const r = (t('f'), f)(t('a'), await p.read('b'), ...t([1, 2]), t('c'), ...(await p.read(['d'])), t('e'));
return [r, log];

// === the object of a member call is evaluated before the key and the key before the arguments
const log = [];
const obj = { hit: (x, y) => `${x}${y}` };
const o = () => (log.push('object'), obj), k = async () => (log.push('key'), await p.read('hit'));
const r = o()[await k()]((log.push('arg'), await p.read(1)), log.length);
return [r, log];

// === a key object is converted to a property key after the right side of an assignment
const log = [];
const key = { toString() { log.push('key'); return 'k' } };
const o = {};
o[key] = (log.push('right'), await p.read(1));
return [o, log];

// === the target object of an assignment is evaluated before the right side, even when that replaces the variable
let o = { name: 'first' };
const first = o;
o.v = (o = { name: 'second' }, await p.read(1));
return [first, o];

// === assigning to a member of null throws after the right side was evaluated
const log = [];
const o = await p.read(null);
try { o.x = (log.push('right'), await p.read('r')) } catch (e) { log.push(e.name) }
try { o[(log.push('key'), 'k')] = (log.push('right2'), await p.read('r')) } catch (e) { log.push(e.name) }
return log;

// === operands are converted to numbers after both were evaluated
const log = [];
const n = (name, v) => ({ valueOf() { log.push('value ' + name); return v } });
const r = (log.push('left'), n('a', 2)) * (log.push('right'), await p.read(0), n('b', 3));
return [r, log];

// === an error in the left operand keeps the right one from running
const log = [];
const bad = () => { throw new Error('left') };
try { bad() + (await p.write('never')) } catch (e) { log.push(e.message) }
try { (await p.fail('effect')) + log.push('never') } catch (e) { log.push(e.message) }
return log;

// === a left operand that can not be added fails after the right side ran
const log = [];
try { Symbol.iterator + (log.push('right'), await p.read(1)) } catch (e) { log.push(e.name) }
try { 1n + (log.push('big'), await p.read(1)) } catch (e) { log.push(e.name) }
return log;

// === new evaluates constructor and arguments before it finds out that it is no constructor
const log = [];
const no = async () => {};
try { new no((log.push('a'), await p.read('a'))) } catch (e) { log.push(e.name) }
let C = class { constructor(...a) { this.a = a } };
const o = new C((C = null, await p.read(1)), 2);
return [log, o.a, C];

// === a chain of assignments works from the right and each target is found from the left
const log = [];
const o = (n) => (log.push('target ' + n), { set v(x) { log.push(`${n} = ${x}`) } });
o(1).v = o(2).v = o(3).v = await p.read('x');
return log;

// === postfix increment with a key that is an effect keeps the old value
const o = { a: 5, b: '7' };
const r = [o[await p.read('a')]++, o[await p.read('b')]++, --o[await p.read('a')], o.missing?.[await p.read('x')]];
return [r, o];

// === comparison chains convert operands in order
const log = [];
const v = (n) => ({ [Symbol.toPrimitive](hint) { log.push(`${n} ${hint}`); return n } });
const r = [v(1) < (await p.read(2)), (await p.read(1)) < v(2), v(3) == (await p.read(3)), `${v(4)}` + v(5), v(6) + (await p.read('x'))];
return [r, log];

// === nested calls: inner arguments come before outer calls, in the order of the text
const log = [];
const f = (name) => (...xs) => (log.push(name), `${name}(${xs})`);
const a = f('a'), b = f('b'), c = f('c');
return [a(b(await p.read(1)), c(await p.read(2), b(await p.read(3))), await p.read(4)), log];

// === the condition of a ternary is evaluated once and only one branch touches the variable
let x = 0, n = 0;
const cond = async () => (n++, await p.read(ctx.input));
const r = (await cond()) ? (x += await p.read(10)) : (x -= await p.read(1));
return [r, x, n];
// input: true
// input: false

// === exponentiation is right associative with effects
const log = [];
const t = (x) => (log.push(x), x);
return [t(2) ** (await p.read(3)) ** t(2), (-(await p.read(2))) ** 2, log];

// === short circuits around assignments
let a = null, b = 1, c = 0;
const r = [(a ??= await p.read('a')) && (b &&= await p.read(0)) || (c ||= await p.read('c')), a, b, c];
return r;

// === in, instanceof and delete evaluate both sides first
const log = [];
const t = (x) => (log.push(typeof x), x);
const o = { k: 1 };
try { t('k') in t(await p.read('text')) } catch (e) { log.push(e.name) }
try { t(o) instanceof t(await p.read({})) } catch (e) { log.push(e.name) }
return [log, t(await p.read('k')) in t(o), delete t(o)[await p.read('k')], o];

// === arguments with side effects on each other
const xs = [1, 2, 3];
const r = [xs.shift(), await p.read(xs.length), xs.shift(), await p.read(xs.length), xs];
let i = 0;
const s = [i++, i++ + (await p.read(i)), i, (i = 10, await p.read(i++)), i];
return [r, s];
