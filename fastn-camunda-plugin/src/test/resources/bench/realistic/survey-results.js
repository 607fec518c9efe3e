// Survey tool -> sheet + CRM. NPS, free text summary by AI, detractors get a ticket. Mixed style, several people edited this.
const bucket = score => score >= 9 ? 'promoter' : score >= 7 ? 'passive' : 'detractor'

export default async function ({ input }) {
  const web = fastn.connector.web
  let url = `https://survey.example/api/${input.survey}/responses?limit=2`
  const responses = []

  // paging by link header
  while (url) {
    const page = await web.get({ url })
    responses.push(...page.data)
    url = page.links?.find(l => l.rel === 'next')?.href
  }

  const fresh = []
  for (const r of responses) if (!(await fastn.state.get('survey:' + r.id))) fresh.push(r)
  if (!fresh.length) return { fresh: 0 }

  const groups = Object.groupBy(fresh, r => bucket(r.score))
  const { promoter = [], passive = [], detractor = [] } = groups
  const nps = Math.round(100 * (promoter.length - detractor.length) / fresh.length)

  const texts = fresh.map(r => r.text).filter(t => t && t.trim().length > 3)
  let summary = 'no comments'
  if (texts.length >= 2) {
    try {
      ({ summary } = await fastn.connector.ai.summarize({ texts, maxWords: 30 }))
    } catch {
      summary = texts[0].slice(0, 40) + '…'
    }
  }

  for (const { id, email, score, text } of detractor) {
    let contact = null
    if (email) [contact = null] = (await fastn.connector.crm.searchContacts({ email })).items
    const ticket = await fastn.connector.tickets.createTicket({
      title: `Detractor (${score})`,
      body: text ?? '',
      owner: contact?.owner ?? 'support',
    })
    if (contact) await fastn.connector.crm.createNote({ contactId: contact.id, text: `NPS ${score}, ticket ${ticket.id}` })
  }

  await fastn.connector.sheets.appendRows({
    sheet: 'NPS',
    rows: [[input.date, fresh.length, promoter.length, passive.length, detractor.length, nps, summary]],
  })
  for (const { id } of fresh) await fastn.state.set('survey:' + id, true)

  const before = await fastn.state.get('nps:last')
  await fastn.state.set('nps:last', nps)
  if (before !== null && nps < before - 10) await fastn.connector.chat.postMessage({ channel: '#product', text: `NPS fell from ${before} to ${nps}` })
  return { fresh: fresh.length, nps, summary }
}
