// Who gets the lead? Grown over three years, nobody dares to clean it up.
export default async function (ctx) {
    const l = ctx.input
    let owner = null
    let reason = ''
    let task = true

    const history = await fastn.connector.crm.listDeals({ company: l.company })

    if (l.country === 'DE' || l.country === 'AT' || l.country === 'CH') {
        if (l.employees > 1000) {
            owner = 'enterprise-dach'
            reason = 'big'
        } else if (l.employees > 50 && l.industry !== 'public') {
            owner = 'midmarket-dach'
        } else if (l.industry === 'public') {
            owner = 'public-sector'
            task = false
            await fastn.connector.mail.send({ to: 'tender@example.com', subject: 'Public lead', text: JSON.stringify(l) })
        } else {
            const rr = ((await fastn.state.get('rr:dach')) ?? -1) + 1
            owner = ['hans', 'vreni', 'sepp'][rr % 3]
            reason = 'round robin ' + rr
            await fastn.state.set('rr:dach', rr)
        }
    } else if (l.country === 'US') {
        if (!l.state) {
            const company = await fastn.connector.crm.getCompany({ name: l.company })
            l.state = company.state
        }
        if (['CA', 'OR', 'WA'].includes(l.state)) owner = 'west'
        else if (['NY', 'NJ', 'MA'].includes(l.state)) owner = 'east'
        else if (l.state) owner = 'central'
        else {
            reason = 'no state'
            owner = 'inside-sales'
        }
        if (l.employees >= 5000) {
            owner = 'enterprise-us'
            reason = (reason && reason + ', ') + 'big'
        }
    } else if (l.country == null) {
        const guess = await fastn.connector.ai.classify({ text: l.message, labels: ['DE', 'US', 'other'] })
        if (guess.confidence > 0.8 && guess.label !== 'other') {
            owner = guess.label === 'DE' ? 'midmarket-dach' : 'central'
            reason = 'guessed'
        } else {
            owner = 'inside-sales'
        }
    } else {
        owner = 'partner-' + l.country.toLowerCase()
        const partners = await fastn.db.query('SELECT name FROM partner WHERE country = $1', [l.country])
        if (!partners.length) {
            owner = 'inside-sales'
            reason = 'no partner'
        } else {
            await fastn.connector.web.post({ url: 'https://partner.example/leads', body: { partner: partners[0].name, lead: l.id } })
            task = false
        }
    }

    // existing customers stay where they are
    const last = history.results[history.results.length - 1]
    if (last && last.owner && last.owner !== owner) {
        if (last.stage === 'won' || last.stage === 'open') {
            reason = `was ${owner}, kept by ${last.owner}`
            owner = last.owner
        } else if (last.stage === 'lost' && last.owner.startsWith('enterprise')) {
            reason += ' lost before'
        }
    }

    if (task) {
        const t = await fastn.connector.crm.createTask({ title: 'Call ' + l.company, owner })
        return { owner, reason, task: t.id }
    }
    return { owner, reason }
}
