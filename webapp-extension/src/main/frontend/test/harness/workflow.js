// HubSpot tells us that a deal moved into Discovery; Gamma makes the deck for it.
export default async function (ctx) {
  const fastn = new Fastn({
    connectors: { hubspotCrm: { orgId: "managed" }, gamma: { orgId: "custom" }, gmail: { orgId: "managed" } },
  });
  const { propertyName, propertyValue, objectId } = ctx.input[0];
  if (propertyName !== "dealstage" || propertyValue !== "discovery") {
    return { success: true, skipped: true, reason: "other_stage" };
  }

  const existing = await fastn.state.get(`deal:${objectId}`);
  if (existing) {
    return { success: true, skipped: true, reason: "already_processed" };
  }

  const deal = await fastn.connector.hubspotCrm.getDeal({ dealId: objectId });
  const prompt = `Discovery deck for ${deal.properties.dealname}, ${deal.properties.amount} EUR`;

  try {
    const generation = await fastn.connector.gamma.createGeneration({ inputText: prompt });
    let state = generation;
    while (state.status !== "completed") {
      await fastn.sleep(5000);
      state = await fastn.connector.gamma.getGeneration({ generationId: generation.id });
    }
    await fastn.db.query("INSERT INTO decks (deal_id, url) VALUES ($1, $2)", [objectId, state.url]);
    await fastn.state.set(`deal:${objectId}`, { processedAt: new Date().toISOString() });
    return { success: true, deal: deal.id, deck: state.url };
  } catch (err) {
    const subject = "No deck: " + err.message;
    await fastn.connector.gmail.sendMessage({ to: "sales@example.com", subject });
    throw err;
  }
}
