// On-call bot: opens an incident channel, pages people in order until somebody acknowledges, keeps a timeline, closes with a report.
const STEPS = [
  { who: 'primary', wait: 5 },
  { who: 'secondary', wait: 5 },
  { who: 'manager', wait: 10 },
];

async function page(person, incident) {
  await fastn.connector.sms.send({ to: person.phone, text: `${incident.severity}: ${incident.title}` });
  return fastn.connector.approvals.request({ to: person.login, subject: `ack ${incident.id}` });
}

export default async function onCall(ctx) {
  const incident = ctx.input;
  const timeline = [];
  const at = (what) => timeline.push(`${timeline.length + 1}. ${what}`);

  const open = await fastn.db.query('SELECT id, channel FROM incident WHERE service = $1 AND closed_at IS NULL', [incident.service]);
  if (open.length > 0) {
    await fastn.connector.chat.postMessage({ channel: open[0].channel, text: `Also: ${incident.title}` });
    return { merged: open[0].id };
  }

  const channel = `#inc-${incident.id}`;
  const { ts } = await fastn.connector.chat.postMessage({ channel, text: `*${incident.title}* (${incident.severity})` });
  await fastn.db.query('INSERT INTO incident (id, service, channel) VALUES ($1, $2, $3)', [incident.id, incident.service, channel]);
  at('opened');

  const { items: people } = await fastn.connector.hr.listEmployees({ duty: incident.service });
  let owner = null;
  escalation: for (const { who, wait } of STEPS) {
    const person = people.find((p) => p.role === who);
    if (!person) {
      at(`nobody is ${who}`);
      continue;
    }
    const request = await page(person, incident);
    at(`paged ${person.login}`);
    for (let minute = 0; minute < wait; minute += 5) {
      await fastn.sleep(5 * 60_000);
      const { status } = await fastn.connector.approvals.getStatus({ id: request.id });
      if (status === 'approved') {
        owner = person;
        at(`${person.login} took it`);
        break escalation;
      }
      if (status === 'rejected') {
        at(`${person.login} refused`);
        continue escalation;
      }
    }
    await fastn.connector.approvals.cancel({ id: request.id });
  }

  if (owner === null) {
    await fastn.connector.mail.send({ to: 'cto@example.com', subject: `NOBODY ANSWERS: ${incident.title}`, text: timeline.join('\n') });
    await fastn.connector.chat.updateMessage({ channel, ts, text: `*${incident.title}*: nobody answers` });
    throw Object.assign(new Error(`nobody answers for ${incident.service}`), { incident: incident.id, timeline });
  }

  await fastn.connector.chat.updateMessage({ channel, ts, text: `*${incident.title}*: ${owner.login}` });
  let checks = 0;
  do {
    await fastn.sleep(15 * 60_000);
    var health = await fastn.connector.web.get({ url: `https://status.example/${incident.service}` });
    checks++;
  } while (health.state !== 'green' && checks < 4);

  at(health.state === 'green' ? `green after ${checks} checks` : 'still not green');
  const report = await fastn.connector.docs.generate({ template: 'post-mortem', timeline });
  await fastn.db.query('UPDATE incident SET closed_at = now(), owner = $2, report = $3 WHERE id = $1', [incident.id, owner.login, report.url]);
  return { owner: owner.login, checks, timeline };
}
