// Website lead form. Many early returns: everything that makes no sense leaves as soon as possible.
const FREE_MAIL = ['gmail.com', 'outlook.com', 'web.de'];

export default async function (ctx) {
  const lead = ctx.input;
  if (!lead) return reply(400, 'empty');
  if (lead.website) return reply(200, 'thanks'); // honeypot
  if (!/^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i.test(lead.email ?? '')) return reply(422, 'email');

  const blocked = await fastn.state.get(`blocked:${lead.email.toLowerCase()}`);
  if (blocked) return reply(403, 'blocked');

  const count = ((await fastn.state.get(`count:${lead.ip}`)) ?? 0) + 1;
  await fastn.state.set(`count:${lead.ip}`, count, { ttl: 600 });
  if (count > 3) return reply(429, 'slow down');

  const found = await fastn.connector.crm.searchContacts({ email: lead.email });
  if (found.items.some((c) => c.customer)) {
    await fastn.connector.chat.postMessage({ channel: '#success', text: `${lead.email} filled in the lead form but is a customer` });
    return reply(200, 'customer');
  }

  const verdict = await fastn.connector.ai.classify({ text: lead.message || '' });
  if (verdict.spam) {
    await fastn.state.set(`blocked:${lead.email.toLowerCase()}`, true);
    return reply(200, 'thanks');
  }

  const domain = lead.email.split('@')[1].toLowerCase();
  const contact = found.items[0] ?? (await fastn.connector.crm.createContact({ email: lead.email, name: lead.name, company: FREE_MAIL.includes(domain) ? null : domain }));
  if (!lead.message) return reply(201, 'created', contact.id);

  await fastn.connector.crm.createNote({ contactId: contact.id, text: lead.message });
  if (lead.phone && isOfficeHours(lead.at)) {
    await fastn.connector.sms.send({ to: '+49170', text: `Call ${lead.name ?? lead.email}: ${lead.phone}` });
    return reply(201, 'call', contact.id);
  }
  return reply(201, 'noted', contact.id);

  function reply(status, text, id) {
    return id === undefined ? { status, text } : { status, text, id };
  }
}

function isOfficeHours(at) {
  const d = new Date(at);
  return d.getUTCDay() >= 1 && d.getUTCDay() <= 5 && d.getUTCHours() >= 8 && d.getUTCHours() < 17;
}
