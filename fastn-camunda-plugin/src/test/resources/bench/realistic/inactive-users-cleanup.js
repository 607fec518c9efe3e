// Disables users that did not log in for 90 days. Reports failures at the end instead of stopping.
const isService = (u) => /^(svc|bot)[-_.]/.test(u.login);

export default async function main({ input }) {
  const dry = input.dryRun ?? false;
  const limit = new Date(input.now).valueOf() - 90 * 864e5;
  const { users } = await fastn.connector.identity.listUsers({ status: 'active' });
  const old = users.filter((u) => !isService(u) && (!u.lastLogin || Date.parse(u.lastLogin) < limit));

  if (dry) return { dry, would: old.map((u) => u.login) };

  const outcomes = await Promise.allSettled(old.map((u) => fastn.connector.identity.deactivateUser({ id: u.id, reason: 'inactive' })));
  const errors = outcomes.reduce((acc, o, i) => {
    if (o.status === 'rejected') acc.push({ user: old[i].login, message: o.reason.message });
    return acc;
  }, []);

  const disabled = old.filter((_, i) => outcomes[i].status === 'fulfilled');
  for (const u of disabled) {
    if (!u.manager) continue;
    await fastn.connector.mail.send({ to: u.manager, subject: `${u.login} was disabled`, text: `Last login: ${u.lastLogin ?? 'never'}` });
  }

  if (errors.length > 0 && errors.length === old.length) {
    throw new AggregateError(errors.map((e) => new Error(`${e.user}: ${e.message}`)), 'no user could be disabled');
  }
  if (errors.length) {
    await fastn.connector.tickets.createTicket({ title: `${errors.length} users could not be disabled`, body: errors.map((e) => `${e.user}: ${e.message}`).join('\n') });
  }
  return { disabled: disabled.length, errors };
}
