// One incoming event goes to every subscriber. Failing subscribers are put into a dead letter table and we tell ops.
const RETRYABLE = new Set([408, 429, 500, 502, 503, 504])

export default async ({ input: event, headers }) => {
  const { web, chat } = fastn.connector
  const subscribers = await fastn.db.query('SELECT id, url, events, secret FROM subscriber WHERE active', [])
  const interested = subscribers.filter(s => s.events.includes('*') || s.events.some(e => matches(e, event.type)))
  if (interested.length === 0) {
    return { delivered: 0, note: `nobody listens to ${event.type}` }
  }

  const body = { id: event.id, type: event.type, data: event.data, attempt: 1 }
  const results = await Promise.allSettled(
    interested.map(s => web.post({ url: s.url, body, signature: sign(s.secret, body) })),
  )

  const delivered = []
  const dead = []
  results.forEach((r, i) => {
    const s = interested[i]
    if (r.status === 'fulfilled') delivered.push(s.id)
    else dead.push({ subscriber: s.id, status: r.reason.status ?? null, message: r.reason.message, retry: RETRYABLE.has(r.reason.status) })
  })

  // second chance for the ones that may work later, one after the other
  for (const d of dead.filter(x => x.retry)) {
    const s = interested.find(x => x.id === d.subscriber)
    await fastn.sleep(2000)
    try {
      await web.post({ url: s.url, body: { ...body, attempt: 2 }, signature: sign(s.secret, body) })
      delivered.push(s.id)
      d.recovered = true
    } catch (err) {
      d.message += ' / ' + err.message
    }
  }

  const lost = dead.filter(d => !d.recovered)
  if (lost.length) {
    for (const l of lost) {
      await fastn.db.query('INSERT INTO dead_letter (event_id, subscriber_id, reason) VALUES ($1, $2, $3)', [event.id, l.subscriber, l.message])
    }
    await chat.postMessage({
      channel: '#webhooks',
      text: [`*${lost.length}* of ${interested.length} deliveries of \`${event.id}\` failed`, ...lost.map(l => `• ${l.subscriber}: ${l.message}`)].join('\n'),
    })
  }

  return { delivered: delivered.length, ids: delivered, lost: lost.map(l => l.subscriber) }
}

function matches(pattern, type) {
  if (pattern === type) return true
  if (!pattern.endsWith('.*')) return false
  return type.startsWith(pattern.slice(0, -1))
}

// not a real signature, receivers only compare it
const sign = (secret, body) => btoa(unescape(encodeURIComponent(secret + ':' + body.id + ':' + body.type)))
function unescape(s) { return s.replace(/%([0-9A-F]{2})/g, (_, h) => String.fromCharCode(parseInt(h, 16))) }
