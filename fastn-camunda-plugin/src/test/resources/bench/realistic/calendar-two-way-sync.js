// Keeps absences of HR and the team calendar in step, in both directions, with a link table that says which belongs to which.
async function* pages(fetchPage) {
  let token;
  for (;;) {
    const { items, nextToken } = await fetchPage(token);
    yield* items;
    if (!nextToken) return;
    token = nextToken;
  }
}

export default async function (ctx) {
  const { calendar, hr } = fastn.connector;
  const links = new Map((await fastn.db.query('SELECT absence, event, stamp FROM absence_link', [])).map((r) => [r.absence, r]));
  const byEvent = new Map([...links.values()].map((l) => [l.event, l]));
  const done = { created: 0, updated: 0, deleted: 0, conflicts: [] };

  const events = new Map();
  for await (const e of pages((token) => calendar.listEvents({ calendar: 'absences', token }))) events.set(e.id, e);

  const seen = new Set();
  for (const employee of (await hr.listEmployees({ team: ctx.input.team })).items) {
    for (const absence of employee.absences) {
      const id = `${employee.id}-${absence.from}`;
      seen.add(id);
      const link = links.get(id);
      const event = link && events.get(link.event);
      const stamp = `${absence.from}/${absence.to}`;

      if (!link) {
        const created = await calendar.createEvent({ title: `${employee.name}: ${absence.kind}`, start: absence.from, end: absence.to });
        await fastn.db.query('INSERT INTO absence_link (absence, event, stamp) VALUES ($1, $2, $3)', [id, created.id, stamp]);
        done.created++;
        continue;
      }
      if (!event) {
        // somebody deleted the event: HR wins, unless it is in the past
        if (absence.to < ctx.input.today) continue;
        const again = await calendar.createEvent({ title: `${employee.name}: ${absence.kind}`, start: absence.from, end: absence.to });
        await fastn.db.query('UPDATE absence_link SET event = $2 WHERE absence = $1', [id, again.id]);
        done.created++;
        continue;
      }
      const here = stamp !== link.stamp;
      const there = `${event.start}/${event.end}` !== link.stamp;
      if (here && there) {
        done.conflicts.push(id);
      } else if (here) {
        await calendar.updateEvent({ id: event.id, start: absence.from, end: absence.to });
        await fastn.db.query('UPDATE absence_link SET stamp = $2 WHERE absence = $1', [id, stamp]);
        done.updated++;
      } else if (there) {
        await hr.updateEmployee({ id: employee.id, absence: { from: event.start, to: event.end } });
        await fastn.db.query('UPDATE absence_link SET stamp = $2 WHERE absence = $1', [id, `${event.start}/${event.end}`]);
        done.updated++;
      }
    }
  }

  for (const [id, link] of links) {
    if (seen.has(id)) continue;
    if (events.has(link.event)) {
      try {
        await calendar.deleteEvent({ id: link.event });
      } catch ({ status, message }) {
        if (status !== 410) throw new Error(`cannot delete ${link.event}: ${message}`);
      }
    }
    await fastn.db.query('DELETE FROM absence_link WHERE absence = $1', [id]);
    done.deleted++;
  }

  const strangers = [...events.keys()].filter((id) => !byEvent.has(id));
  if (done.conflicts.length > 0 || strangers.length > 0) {
    await fastn.connector.mail.send({ to: ctx.input.owner, subject: 'Calendar sync', text: `conflicts: ${done.conflicts.join(', ') || 'none'}; unknown events: ${strangers.length}` });
  }
  return done;
}
