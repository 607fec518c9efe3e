// Sends the confirmation of an order to the customer, once. Mail goes out by SMTP through the built-in connector "email";
// the host brings a mail server of its own, which keeps what it gets: http://localhost:8080/demo/inbox

const fastn = new Fastn({
  connectors: {
    demoShop: { orgId: "managed" },
    email: { orgId: "managed" }
  }
});

const MAILBOX_UNAVAILABLE = 550;

export default async function (ctx) {
  const { orderId } = ctx.input;
  const done = await fastn.state.get(`confirmed:${orderId}`);
  if (done) {
    return { confirmed: true, orderId, skipped: true };
  }

  const order = await fastn.connector.demoShop.getOrder({ orderId });
  const articles = [];
  for (const line of order.lines) {
    const article = await fastn.connector.demoShop.getStock({ sku: line.sku });
    articles.push({ quantity: line.quantity, name: article.name, price: article.price });
  }

  try {
    await fastn.connector.email.send({ to: order.email, ...letter(order, articles) });
  } catch (error) {
    if (error.smtpCode !== MAILBOX_UNAVAILABLE) {
      throw error;
    }
    return { confirmed: false, orderId, reason: "mailbox_unavailable" };
  }

  await fastn.connector.demoShop.confirmOrder({ orderId });
  await fastn.state.set(`confirmed:${orderId}`, true);
  return { confirmed: true, orderId, to: order.email };
}

/** Subject and both forms of the text. */
function letter(order, articles) {
  const lines = articles.map(({ quantity, name, price }) => `${quantity} x ${name}: ${(quantity * price).toFixed(2)} EUR`);
  const total = `Total: ${order.total.toFixed(2)} EUR`;
  return {
    subject: `Your order ${order.id} at the Demo Shop`,
    text: [`Dear ${order.customer},`, "thank you for your order.", ...lines, total].join("\n"),
    html: `<p>Dear ${escapeHtml(order.customer)},</p><p>thank you for your order.</p>
<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join("")}</ul><p><b>${total}</b></p>`
  };
}

function escapeHtml(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
