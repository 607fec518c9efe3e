// Mails the sales of a day to everybody on the list. The report server computes them on demand and answers 503 until it
// is done: that error is not caught, so the retry policy asks again later. One address that bounces does not keep the
// others from getting their report.

const KEEP_SECONDS = 30 * 24 * 60 * 60;

export default async function (ctx) {
  const { day, recipients } = ctx.input;
  const sales = await fastn.connector.salesReports.getSales({ day });

  const regions = sales.regions.filter((region) => region.orders > 0);
  const revenue = regions.reduce((sum, region) => sum + region.revenue, 0);
  const subject = `Sales of ${day}: ${revenue} ${sales.currency}`;
  const body = regions.map((region) => `${region.region}: ${region.orders} orders, ${region.revenue}`).join("\n");

  const delivered = [];
  const bounced = [];
  for (const recipient of recipients) {
    try {
      await fastn.connector.gmail.sendMessage({ to: recipient, subject, body });
      delivered.push(recipient);
    } catch (error) {
      if (error.status !== 422) {
        throw error;
      }
      console.warn(`${recipient} does not take mail`);
      bounced.push(recipient);
    }
  }

  await fastn.state.set(`report:${day}`, { revenue, delivered: delivered.length }, { ttl: KEEP_SECONDS });
  return { day, revenue, delivered, bounced };
}
