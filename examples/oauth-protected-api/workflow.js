// Books a parcel for an order and waits for its label. The carrier's API asks for an OAuth token, and its tokens are valid
// for a few seconds only: the connection gets a new one whenever the old one ends, the workflow never sees any.

const fastn = new Fastn({
  connectors: {
    demoShop: { orgId: "managed" },
    demoCarrier: { orgId: "managed" }
  }
});

const POLL_INTERVAL_MS = 2000;

export default async function (ctx) {
  const order = await fastn.connector.demoShop.getOrder({ orderId: ctx.input.orderId });
  let parcel = await fastn.connector.demoCarrier.bookParcel({
    reference: order.id,
    recipient: order.customer,
    country: order.country
  });

  while (parcel.status !== "ready") {
    await fastn.sleep(POLL_INTERVAL_MS);
    parcel = await fastn.connector.demoCarrier.getParcel({ parcelId: parcel.id });
  }
  return { orderId: order.id, label: parcel.label };
}
