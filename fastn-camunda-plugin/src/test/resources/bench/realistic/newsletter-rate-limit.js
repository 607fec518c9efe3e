// Sends a campaign mail by mail. The provider allows 5 per second and sometimes says 429. Progress is kept so that a re-run goes on.
const PER_WINDOW = 5
const WINDOW_MS = 1000

let windowCount = 0

async function throttled(fn) {
  if (windowCount >= PER_WINDOW) {
    await fastn.sleep(WINDOW_MS)
    windowCount = 0
  }
  windowCount++
  return fn()
}

const render = (template, vars) => template.replace(/\{\{\s*(\w+)(?:\|([^}]*))?\s*\}\}/g, (_, name, alt) => vars[name] ?? alt ?? '')

export default async function newsletter(ctx) {
  const { campaign, subject, body } = ctx.input
  const progressKey = `campaign:${campaign}`
  const progress = await fastn.state.get(progressKey) ?? { offset: 0, sent: 0, bounced: [] }
  const list = await fastn.db.query('SELECT email, first_name, city FROM subscriber ORDER BY email OFFSET $1', [progress.offset])

  for (const s of list) {
    const message = {
      to: s.email,
      subject: render(subject, { name: s.first_name }),
      text: render(body, { name: s.first_name, city: s.city }),
    }
    let again = true
    while (again) {
      again = false
      try {
        await throttled(() => fastn.connector.mail.send(message))
        progress.sent++
      } catch (e) {
        if (e.status === 429) {
          await fastn.sleep((e.retryAfter ?? 1) * 1000)
          windowCount = 0
          again = true
        } else if (e.status === 550) {
          progress.bounced.push(s.email)
        } else {
          await fastn.state.set(progressKey, progress)
          throw e
        }
      }
    }
    progress.offset++
    if (progress.offset % 4 === 0) await fastn.state.set(progressKey, progress)
  }

  for (const email of progress.bounced) {
    await fastn.connector.marketing.removeFromList({ list: 'newsletter', email })
  }
  await fastn.state.delete(progressKey)
  return progress
}
