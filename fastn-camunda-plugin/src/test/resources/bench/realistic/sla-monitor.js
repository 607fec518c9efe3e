// Runs every 15 minutes: checks response times of open tickets against the SLA of the customer (business hours only).
const SLA = { gold: 60, silver: 240, none: Infinity } // minutes
const OPEN = 8, CLOSE = 18

function businessMinutes(from, to) {
  let t = new Date(from), end = new Date(to), minutes = 0
  while (t < end) {
    const day = t.getUTCDay()
    const open = Date.UTC(t.getUTCFullYear(), t.getUTCMonth(), t.getUTCDate(), OPEN)
    const close = Date.UTC(t.getUTCFullYear(), t.getUTCMonth(), t.getUTCDate(), CLOSE)
    if (day !== 0 && day !== 6) {
      const a = Math.max(t.getTime(), open), b = Math.min(end.getTime(), close)
      if (b > a) minutes += (b - a) / 60000
    }
    t = new Date(Date.UTC(t.getUTCFullYear(), t.getUTCMonth(), t.getUTCDate() + 1))
  }
  return Math.round(minutes)
}

export default async function slaMonitor(ctx) {
  const now = ctx.input.now
  const tickets = fastn.connector.tickets
  const contracts = {}
  const breached = [], atRisk = []

  const { items } = await tickets.searchTickets({ status: 'open', answered: false })
  for (const t of items) {
    let contract = contracts[t.company]
    if (contract === undefined) {
      try {
        const company = await fastn.connector.crm.getCompany({ id: t.company })
        contract = company.sla || 'none'
      } catch (e) {
        if (e.status === 404) contract = 'none'
        else throw e
      }
      contracts[t.company] = contract
    }
    const limit = SLA[contract]
    const used = businessMinutes(t.createdAt, now)
    if (used > limit) breached.push({ ...t, over: used - limit, contract })
    else if (used > limit * 0.75) atRisk.push({ ...t, left: limit - used, contract })
  }

  for (const t of breached) {
    const key = `sla:${t.id}`
    const told = await fastn.state.get(key)
    if (told === 'breached') continue
    await tickets.updateTicket({ id: t.id, priority: 'urgent', tag: 'sla-breach' })
    if (t.contract === 'gold') {
      await fastn.connector.sms.send({ to: ctx.input.duty, text: `SLA breach ${t.id}: ${t.over} min` })
    }
    await fastn.state.set(key, 'breached')
  }

  if (atRisk.length) {
    atRisk.sort((a, b) => a.left - b.left)
    const lines = atRisk.map(t => `${t.id} (${t.contract}): ${t.left} min left`)
    const last = await fastn.state.get('sla:last')
    if (last !== lines.join()) {
      await fastn.connector.chat.postMessage({ channel: '#support', text: lines.join('\n') })
      await fastn.state.set('sla:last', lines.join())
    }
  }
  return { checked: items.length, breached: breached.map(t => t.id), atRisk: atRisk.length }
}
