// Onboarding on the first day: account, groups, mailbox rules, calendar, hardware ticket. Undo in reverse order when something essential fails.
interface Employee { id: string; first: string; last: string; team: string; manager?: string; start: string }
type Undo = { what: string; run: () => Promise<unknown> };

const GROUPS: Record<string, readonly string[]> = {
  dev: ["git", "ci", "everyone"],
  sales: ["crm", "everyone"],
};

const login = (e: Employee, taken: ReadonlySet<string>): string => {
  const plain = (s: string) => s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/ß/g, "ss").replace(/[^A-Za-z]/g, "").toLowerCase();
  const base = `${plain(e.first).charAt(0)}${plain(e.last)}`.slice(0, 12);
  for (let n = 0; ; n++) {
    const name = n === 0 ? base : `${base}${n + 1}`;
    if (!taken.has(name)) return name;
  }
};

export default async function onboard(ctx: { input: { employee: string } }): Promise<{ login?: string; optional: string[]; undone?: string[] }> {
  const { hr, identity, calendar, tickets, chat, mail } = fastn.connector;
  const employee: Employee = await hr.getEmployee({ id: ctx.input.employee });
  const { users } = await identity.listUsers({});
  const name = login(employee, new Set(users.map((u: { login: string }) => u.login)));
  const undo: Undo[] = [];
  const optional: string[] = [];

  async function attempt<T>(what: string, work: () => Promise<T>, fallback?: T): Promise<T | undefined> {
    try {
      return await work();
    } catch (e) {
      optional.push(`${what}: ${(e as Error).message}`);
      return fallback;
    }
  }

  try {
    const user = await identity.createUser({ login: name, name: `${employee.first} ${employee.last}` });
    undo.push({ what: "user", run: () => identity.deactivateUser({ id: user.id }) });

    for (const group of GROUPS[employee.team] ?? ["everyone"]) {
      await identity.addToGroup({ user: user.id, group });
      undo.push({ what: `group ${group}`, run: async () => identity.removeFromGroup({ user: user.id, group }) });
    }

    await hr.updateEmployee({ id: employee.id, login: name });
  } catch (e) {
    const undone: string[] = [];
    while (undo.length > 0) {
      const { what, run } = undo.pop()!;
      try {
        await run();
        undone.push(what);
      } catch {
        undone.push(`${what} (failed)`);
      }
    }
    await tickets.createTicket({ title: `Onboarding of ${employee.id} failed`, body: String(e) });
    return { optional, undone };
  }

  const event = await attempt("calendar", () => calendar.createEvent({ title: `Welcome ${employee.first}`, start: `${employee.start}T09:00:00Z`, guests: [name, employee.manager ?? "hr"] }));
  await attempt("laptop", () => tickets.createTicket({ title: `Laptop for ${name}`, queue: "it" }));
  const { ts = "none" } = (await attempt("chat", () => chat.postMessage({ channel: `#${employee.team}`, text: `Say hello to ${employee.first}!` }), { ts: "failed" })) as { ts?: string };
  await mail.send({ to: `${name}@example.com`, subject: "Welcome", text: `${event ? `See you at ${event.start}` : "See you!"} (${ts})` });
  return { login: name, optional };
}
