// Enriches new deals: everything that does not depend on each other at the same time.
export default async (ctx) => {
  const { crm, ai, fx, chat } = fastn.connector;
  const { results: deals } = await crm.listDeals({
    stage: 'new',
    limit: ctx.input.limit ?? 10,
  });
  if (!deals.length) return [];

  const [rates, ...companies] = await Promise.all([
    fx.getRates({ base: 'EUR' }),
    ...deals.map(({ companyId }) => crm.getCompany({ id: companyId })),
  ]);

  const enriched = await Promise.all(
    deals.map(async (deal, i) => {
      const company = companies[i];
      const { industry } = await ai.classify({
        text: `${company.name}: ${company.about ?? ''}`,
      });
      return {
        ...deal,
        industry,
        eur: Math.round(deal.amount / (rates[deal.currency] ?? 1)),
        size: company.employees > 250 ? 'L' : 'S',
      };
    }),
  );

  await Promise.all(enriched.map(({ id, industry, eur, size }) => crm.updateDeal({ id, industry, eur, size })));

  const big = enriched.filter((d) => d.eur > 50_000);
  await Promise.all(
    big.map(async (d) => {
      const { ts } = await chat.postMessage({
        channel: '#big-deals',
        text: `${d.name}: ${d.eur.toLocaleString('en')} EUR`,
      });
      d.thread = ts;
    }),
  );
  return enriched.map(({ id, eur, industry, size, thread = null }) => ({ id, eur, industry, size, thread }));
};
