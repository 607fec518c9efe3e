// Sorts the shared inbox: classify, act by category, mark as read. Handlers live in a table.
const handlers = {
  async invoice(message) {
    const path = `/invoices/${message.from.replace(/[^\w.]/g, '_')}/${message.id}.pdf`;
    await fastn.connector.storage.writeFile({ path, content: message.attachments[0]?.content ?? '' });
    return `filed to ${path}`;
  },
  async support(message) {
    const similar = await fastn.connector.tickets.searchTickets({ requester: message.from, status: 'open' });
    if (similar.items.length > 0) {
      await fastn.connector.tickets.addComment({ id: similar.items[0].id, text: message.text });
      return `added to ${similar.items[0].id}`;
    }
    const { id } = await fastn.connector.tickets.createTicket({ title: message.subject, body: message.text });
    return `ticket ${id}`;
  },
  sales: async (message) => {
    await fastn.connector.crm.createTask({ title: `Answer ${message.from}`, due: 'today' });
    return 'task';
  },
  unsubscribe: (message) => fastn.connector.marketing.removeFromList({ list: 'all', email: message.from }).then(() => 'removed'),
  spam: () => 'nothing',
};

const RULES = [
  [/unsubscribe|abmelden/i, 'unsubscribe'],
  [/invoice|rechnung/i, 'invoice'],
];

export default async function triage(ctx) {
  const { messages } = await fastn.connector.mail.listMessages({ folder: 'inbox', unread: true, max: ctx.input?.max ?? 20 });
  const log = [];
  for (const { id } of messages) {
    const message = await fastn.connector.mail.getMessage({ id });
    let category = RULES.find(([pattern]) => pattern.test(message.subject))?.[1];
    let sure = true;
    if (!category) {
      const answer = await fastn.connector.ai.classify({ text: message.text, labels: Object.keys(handlers) });
      category = answer.label;
      sure = answer.score >= 0.7;
    }
    const handle = sure ? handlers[category] : undefined;
    if (!handle) {
      log.push([id, category, 'left for a person']);
      continue;
    }
    try {
      log.push([id, category, await handle(message)]);
      await fastn.connector.mail.markRead({ id });
    } catch (e) {
      log.push([id, category, `failed: ${e.message}`]);
    }
  }
  return log;
}
