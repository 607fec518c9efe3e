// Places an order over four systems. There is no distributed transaction, so each step has its undo in the catch of the next one.
export default async function placeOrder(ctx) {
  const order = ctx.input;
  const { erp, payments, shipping, mail, tickets } = fastn.connector;
  const log = [];

  const reservation = await erp.reserve({ sku: order.sku, quantity: order.quantity });
  log.push("reserved");
  try {
    const charge = await payments.charge({ customer: order.customer, amount: order.quantity * order.price, reference: order.id });
    log.push("charged");
    try {
      const label = await shipping.createLabel({ to: order.address, weight: order.quantity * (order.weight ?? 1) });
      log.push("label");
      try {
        await erp.createSalesOrder({ order: order.id, reservation: reservation.id, charge: charge.id, tracking: label.tracking });
        log.push("booked");
      } catch (e) {
        await shipping.cancelLabel({ id: label.id });
        log.push("label canceled");
        throw e;
      }
      await mail.send({ to: order.email, subject: `Order ${order.id}`, text: `On its way: ${label.tracking}` });
      return { ok: true, tracking: label.tracking, log };
    } catch (e) {
      try {
        await payments.refund({ charge: charge.id });
        log.push("refunded");
      } catch (refundError) {
        // money is stuck: a person has to look at it
        await tickets.createTicket({ title: `Refund of ${charge.id} failed`, body: refundError.message, priority: "urgent" });
        log.push("refund ticket");
      }
      throw new Error(`order ${order.id} failed: ${e.message}`, { cause: e });
    }
  } catch (e) {
    await erp.release({ reservation: reservation.id });
    log.push("released");
    if (e.cause === undefined && e.code === "card_declined") {
      await mail.send({ to: order.email, subject: "Your card was declined", text: e.message });
      return { ok: false, reason: "declined", log };
    }
    console.error(log.join(" > "));
    throw e;
  } finally {
    await fastn.state.set(`order:${order.id}`, log);
  }
}
