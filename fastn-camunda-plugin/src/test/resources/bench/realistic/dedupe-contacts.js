// Finds duplicate contacts by several keys (union-find), keeps the most complete one of each group.
class Groups {
  parent = new Map();
  find(x) {
    if (!this.parent.has(x)) this.parent.set(x, x);
    let root = x;
    while (this.parent.get(root) !== root) root = this.parent.get(root);
    while (this.parent.get(x) !== root) {
      const next = this.parent.get(x);
      this.parent.set(x, root);
      x = next;
    }
    return root;
  }
  join(a, b) {
    this.parent.set(this.find(a), this.find(b));
  }
}

function* keysOf({ email, phone, name, company }) {
  if (email) yield `e:${email.trim().toLowerCase().replace(/\+.*@/, '@')}`;
  if (phone) yield `p:${phone.replace(/\D/g, '').slice(-9)}`;
  if (name && company) yield `n:${fold(name)}@${fold(company)}`;
}

const fold = (s) => s.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\b(gmbh|inc|ltd|ag)\b/g, '').replace(/[^a-z0-9]/g, '');
const completeness = (c) => Object.values(c).filter((v) => v !== null && v !== '').length;

export default async function dedupe(ctx) {
  const { crm } = fastn.connector;
  const contacts = [];
  for (let page = 1; ; page++) {
    const { items, last } = await crm.listContacts({ page });
    contacts.push(...items);
    if (last || items.length === 0) break;
  }

  const groups = new Groups();
  const owners = new Map();
  for (const c of contacts) {
    for (const key of keysOf(c)) {
      if (owners.has(key)) groups.join(c.id, owners.get(key));
      else owners.set(key, c.id);
    }
  }

  const byRoot = new Map();
  for (const c of contacts) {
    const root = groups.find(c.id);
    byRoot.set(root, [...(byRoot.get(root) ?? []), c]);
  }

  const skip = new Set(ctx.input?.never ?? []);
  let merged = 0;
  for (const [root, members] of byRoot) {
    if (members.length < 2) continue;
    if (members.some((m) => skip.has(m.id))) {
      console.log('left alone', members.map((m) => m.id).join());
      continue;
    }
    const [winner, ...losers] = members.toSorted((a, b) => completeness(b) - completeness(a) || a.id - b.id);
    const filled = losers.reduce((acc, l) => ({ ...l, ...acc }), winner);
    delete filled.id;
    for (const loser of losers) {
      await crm.mergeContacts({ into: winner.id, from: loser.id });
      merged++;
    }
    await crm.updateContact({ id: winner.id, ...filled });
  }
  return { contacts: contacts.length, groups: byRoot.size, merged };
}
