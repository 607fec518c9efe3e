/**
 * Takes a list of people from a form / list import and makes sure each is in the CRM once.
 * Matching: e-mail first, then phone, then "first + last + company".
 */
export default async function upsertContacts(ctx) {
	const crm = fastn.connector.crm;
	const rows = Array.isArray(ctx.input) ? ctx.input : ctx.input.rows;
	const report = { created: [], updated: [], merged: [], skipped: [] };

	for (let i = 0; i < rows.length; i++) {
		const row = normalize(rows[i]);
		if (!row.email && !row.phone) {
			report.skipped.push({ row: i, why: 'neither e-mail nor phone' });
			continue;
		}

		let hits = [];
		if (row.email) {
			hits = (await crm.searchContacts({ email: row.email })).items;
		}
		if (hits.length === 0 && row.phone) {
			hits = (await crm.searchContacts({ phone: row.phone })).items;
		}
		if (hits.length === 0 && row.firstName && row.lastName) {
			const { items } = await crm.searchContacts({ name: row.firstName + ' ' + row.lastName });
			hits = items.filter((c) => !row.company || c.company === row.company);
		}

		if (hits.length === 0) {
			const made = await crm.createContact(row);
			report.created.push(made.id);
		} else if (hits.length === 1) {
			var changes = diff(hits[0], row);
			if (Object.keys(changes).length === 0) {
				report.skipped.push({ row: i, why: 'up to date' });
			} else {
				await crm.updateContact({ id: hits[0].id, ...changes });
				report.updated.push([hits[0].id, Object.keys(changes)]);
			}
		} else {
			// several: keep the oldest, merge the rest into it
			hits.sort((a, b) => a.createdAt.localeCompare(b.createdAt));
			const [keep, ...rest] = hits;
			for (const r of rest) await crm.mergeContacts({ into: keep.id, from: r.id });
			await crm.updateContact({ id: keep.id, ...diff(keep, row) });
			report.merged.push({ keep: keep.id, gone: rest.map((r) => r.id) });
		}
	}
	return report;
}

function normalize(r) {
	const out = {};
	for (const [k, v] of Object.entries(r)) {
		if (v === null || v === undefined) continue;
		const s = String(v).trim();
		if (s === '') continue;
		switch (k.toLowerCase().replace(/[ _-]/g, '')) {
			case 'email':
			case 'mail':
				out.email = s.toLowerCase();
				break;
			case 'phone':
			case 'mobile':
			case 'tel':
				out.phone = s.replace(/[^+\d]/g, '').replace(/^00/, '+');
				break;
			case 'name': {
				const [f, ...l] = s.split(/\s+/);
				out.firstName = f;
				out.lastName = l.join(' ');
				break;
			}
			default:
				out[k] = s;
		}
	}
	return out;
}

function diff(old, now) {
	return Object.fromEntries(Object.entries(now).filter(([k, v]) => old[k] !== v));
}
