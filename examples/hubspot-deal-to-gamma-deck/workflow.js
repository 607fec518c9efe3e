// When a HubSpot deal reaches the presentation stage, Gamma generates a deck for it. Started by HubSpot's app event
// "deal property changed", which arrives as an array of changes. Each deal gets one deck, however often its stage changes.

// Initialize with connector references
const fastn = new Fastn({
  connectors: {
    hubspotCrm: { orgId: "managed" },
    gamma: { orgId: "custom" }
  }
});

const PRESENTATION_STAGE = "presentationscheduled";
const POLL_INTERVAL_MS = 2000;

export default async function (ctx) {
  const events = ctx.input;
  const { propertyName, propertyValue, objectId } = events[0];
  if (propertyName !== "dealstage" || propertyValue !== PRESENTATION_STAGE) {
    return { success: true, skipped: true, reason: "not_in_presentation_stage" };
  }

  // Check if a record was already processed (deduplication)
  const dealId = objectId;
  const existing = await fastn.state.get(`deal:${dealId}`);
  if (existing) {
    return { success: true, skipped: true, reason: "already_processed" };
  }

  const deal = await fastn.connector.hubspotCrm.getDeal({ dealId: objectId });
  const workspaceToken = await fastn.secrets.get("GAMMA_WORKSPACE_TOKEN");
  const result = await fastn.connector.gamma.createGeneration({
    title: `Proposal for ${deal.properties.company}`,
    inputText: outline(deal.properties),
    format: "presentation",
    numCards: 8,
    workspaceToken
  });

  // Gamma works on the deck for a while: ask until it is there.
  let generation = await fastn.connector.gamma.getGeneration({ generationId: result.generationId });
  while (generation.status === "pending") {
    await fastn.sleep(POLL_INTERVAL_MS);
    generation = await fastn.connector.gamma.getGeneration({ generationId: result.generationId });
  }
  if (generation.status !== "completed") {
    throw new Error(`Gamma ended the generation for deal ${dealId} with status ${generation.status}`);
  }

  // Create a table (if needed)
  await fastn.db.query(`
    CREATE TABLE IF NOT EXISTS sync_log (
      id SERIAL PRIMARY KEY,
      source_id TEXT,
      synced_at TIMESTAMP DEFAULT NOW()
    )
  `);

  // Insert a record
  const record = { id: deal.id, deckUrl: generation.gammaUrl };
  await fastn.db.query(
    `INSERT INTO sync_log (source_id) VALUES ($1)`,
    [record.id]
  );

  // Mark as processed
  await fastn.state.set(`deal:${dealId}`, { processedAt: new Date().toISOString() });
  return { success: true, dealId, deckUrl: record.deckUrl };
}

/** The text that Gamma turns into cards. */
function outline({ dealname, company, amount, closedate }) {
  return [
    `# ${dealname}`,
    `Why ${company} should start now`,
    `Investment: ${amount} USD, decision by ${closedate}`,
    "Plan for the first 90 days"
  ].join("\n");
}
