// Decides at checkout what happens with an order: ship it, put it on back order, or let a person look at it. The shop
// waits for the answer, so this workflow is Instant.

const REVIEW_LIMIT = 10000;

export default async function (ctx) {
  const orderId = ctx.input?.orderId;
  if (!orderId) {
    throw new TypeError("orderId is required");
  }

  let order;
  try {
    order = await fastn.connector.demoShop.getOrder({ orderId });
  } catch (error) {
    if (error.status === 404) {
      return { accepted: false, reason: "unknown_order", orderId };
    }
    throw error;
  }

  const missing = [];
  for (const line of order.lines) {
    const stock = await fastn.connector.demoShop.getStock({ sku: line.sku });
    if (stock.available < line.quantity) {
      missing.push({ sku: line.sku, name: stock.name, short: line.quantity - stock.available });
    }
  }

  const decision = decide(order, missing);
  await fastn.connector.demoShop.decideOrder({ orderId, decision });

  switch (decision) {
    case "back_order":
      return { accepted: true, decision, missing };
    case "manual_review":
      return { accepted: true, decision, limit: REVIEW_LIMIT };
    default:
      return { accepted: true, decision, carrier: carrierFor(order.country) };
  }
}

function decide(order, missing) {
  if (missing.length > 0) {
    return "back_order";
  }
  return order.total > REVIEW_LIMIT ? "manual_review" : "ship";
}

function carrierFor(country) {
  const carriers = { DE: "DHL", US: "UPS" };
  return carriers[country] ?? "FedEx";
}
