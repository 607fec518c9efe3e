// Nightly backup of several tables to the file store. Only one run at a time (lock in state), old backups are rotated.
const LOCK = 'backup:lock';
const KEEP = { daily: 3, monthly: 2 };

async function acquire(owner) {
  const holder = await fastn.state.get(LOCK);
  if (holder && holder !== owner) return false;
  await fastn.state.set(LOCK, owner, { ttl: 7200 });
  return (await fastn.state.get(LOCK)) === owner;
}

export default async function (ctx) {
  const { owner, tables, day } = ctx.input;
  const storage = fastn.connector.storage;
  if (!(await acquire(owner))) {
    console.warn('another backup is running');
    return { skipped: true };
  }

  const report = [];
  try {
    const folder = `/backup/${day}`;
    await storage.createFolder({ path: folder });
    try {
      for (const table of tables) {
        let rows;
        try {
          rows = await fastn.db.query(`SELECT * FROM ${table.replace(/[^a-z_]/g, '')}`, []);
        } catch (e) {
          if (/does not exist/.test(e.message)) {
            report.push([table, 'missing']);
            continue;
          }
          throw e;
        } finally {
          console.log('read', table);
        }
        await storage.writeFile({ path: `${folder}/${table}.json`, content: JSON.stringify(rows) });
        report.push([table, rows.length]);
      }
    } catch (e) {
      // half a backup is worse than none
      await storage.deleteFile({ path: folder });
      throw e;
    } finally {
      await storage.writeFile({ path: `/backup/log/${day}.txt`, content: report.map((r) => r.join(' ')).join('\n') });
    }

    // rotation
    const { entries } = await storage.listFolder({ path: '/backup' });
    const days = entries.map((e) => e.name).filter((n) => /^\d{4}-\d\d-\d\d$/.test(n)).sort().reverse();
    const keep = new Set(days.slice(0, KEEP.daily));
    const months = new Set();
    for (const d of days) {
      const m = d.slice(0, 7);
      if (months.has(m)) continue;
      months.add(m);
      if (months.size <= KEEP.monthly) keep.add(d);
    }
    for (const d of days) {
      if (keep.has(d)) continue;
      await storage.deleteFile({ path: `/backup/${d}` });
      report.push([d, 'deleted']);
    }
    return { report };
  } finally {
    await fastn.state.delete(LOCK);
  }
}
