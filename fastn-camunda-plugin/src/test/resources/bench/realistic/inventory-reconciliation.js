// Compares stock of shop and warehouse each night and corrects the shop. Large differences need a person.
export default async function reconcile(ctx) {
  const threshold = ctx.input?.threshold ?? 10
  const warehouse = fastn.connector.warehouse
  const shop = fastn.connector.shop
  const corrections = []
  const suspicious = []
  let page = 0, total = 0

  do {
    const { items, pages } = await shop.listProducts({ page, fields: ['id', 'sku', 'stock', 'reserved'] })
    for (const item of items) {
      total++
      const real = await warehouse.getStock({ sku: item.sku })
      const target = Math.max(0, real.onHand - (item.reserved || 0))
      const delta = target - item.stock
      if (delta === 0) continue

      if (Math.abs(delta) > threshold) {
        // count again, the first figure may be in the middle of a booking
        await fastn.sleep(5000)
        const again = await warehouse.getStock({ sku: item.sku })
        if (again.onHand !== real.onHand) { suspicious.push({ sku: item.sku, first: real.onHand, second: again.onHand }); continue }
        if (delta < 0 && target === 0) {
          suspicious.push({ sku: item.sku, delta })
          await shop.updateProduct({ id: item.id, sellable: false })
          continue
        }
      }
      await shop.updateInventory({ id: item.id, stock: target })
      corrections.push([item.sku, item.stock, target])
    }
    page++
    if (page >= pages) break
  } while (true)

  if (corrections.length) {
    const at = ctx.input?.date ?? 'today'
    await fastn.connector.sheets.appendRows({ sheet: 'corrections', rows: corrections.map(c => [at, ...c]) })
  }
  if (suspicious.length) {
    const { id } = await fastn.connector.tickets.createTicket({
      title: `${suspicious.length} suspicious stock levels`,
      body: suspicious.map(s => JSON.stringify(s)).join('\n'),
      priority: suspicious.length > 2 ? 'high' : 'normal',
    })
    await fastn.connector.chat.postMessage({ channel: '#warehouse', text: `Ticket ${id}: ` + suspicious.map(s => s.sku).join(', ') })
  }
  return { total, corrected: corrections.length, suspicious: suspicious.length }
}
