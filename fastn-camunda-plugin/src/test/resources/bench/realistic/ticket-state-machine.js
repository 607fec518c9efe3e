// Drives a support ticket through its life. Called for each event of the ticket; the state is in our state store.
const Status = { NEW: 'new', TRIAGED: 'triaged', WAITING: 'waiting', IN_PROGRESS: 'in_progress', SOLVED: 'solved', CLOSED: 'closed' };

export default async function (ctx) {
  const t = fastn.connector.tickets;
  let pending = [].concat(ctx.input.events);
  const key = 'ticket:' + ctx.input.ticketId;
  let memory = (await fastn.state.get(key)) || { status: Status.NEW, reopened: 0, history: [] };
  let guard = 0;

  machine: while (pending.length > 0) {
    if (++guard > 50) throw new Error('endless events');
    const event = pending.shift();
    const from = memory.status;

    switch (memory.status) {
      case Status.NEW:
        if (event.type !== 'created') break;
        const ai = await fastn.connector.ai.classify({ text: event.text });
        if (ai.spam > 0.9) {
          await t.closeTicket({ id: ctx.input.ticketId, reason: 'spam' });
          memory.status = Status.CLOSED;
          break machine;
        }
        memory.queue = ai.topic ?? 'general';
        memory.status = Status.TRIAGED;
        pending.unshift({ type: 'assign' });
        break;
      case Status.TRIAGED:
        if (event.type === 'assign') {
          const agents = await t.listAgents({ queue: memory.queue });
          const agent = agents.items.sort((a, b) => a.open - b.open)[0];
          if (!agent) {
            await fastn.connector.chat.postMessage({ channel: '#support', text: 'nobody for ' + memory.queue });
            pending = pending.filter((e) => e.type !== 'assign');
            continue machine;
          }
          await t.updateTicket({ id: ctx.input.ticketId, assignee: agent.id });
          memory.agent = agent.id;
          memory.status = Status.IN_PROGRESS;
        }
        break;
      case Status.IN_PROGRESS:
      case Status.WAITING:
        switch (event.type) {
          case 'reply':
            memory.status = event.by === 'agent' ? Status.WAITING : Status.IN_PROGRESS;
            break;
          case 'solved':
            await t.addComment({ id: ctx.input.ticketId, text: 'Solved by ' + memory.agent });
            memory.status = Status.SOLVED;
            break;
          case 'escalated':
            memory.queue = 'second-level';
            memory.status = Status.TRIAGED;
            pending.unshift({ type: 'assign' });
            // the history is not written for an escalation
            continue machine;
          default:
            console.log('ignored', event.type, 'in', memory.status);
        }
        break;
      case Status.SOLVED:
        if (event.type === 'reply' && event.by !== 'agent') {
          memory.reopened++;
          memory.status = Status.IN_PROGRESS;
          await t.updateTicket({ id: ctx.input.ticketId, status: 'open' });
          break;
        }
      // no break: everything else closes it
      case Status.CLOSED:
        if (event.type === 'timeout') memory.status = Status.CLOSED;
        break;
      default:
        throw new Error('unknown status ' + memory.status);
    }
    if (from !== memory.status) memory.history.push(`${from}>${memory.status}`);
  }

  await fastn.state.set(key, memory);
  return memory;
}
