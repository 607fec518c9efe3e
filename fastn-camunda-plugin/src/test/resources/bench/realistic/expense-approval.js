// Expense approval: manager, then (above 1000) finance. Reminds after a day, escalates after two, gives up after five.
const HOUR = 3600_000;

async function ask(approver, expense, { remindAfter = 24, escalateAfter = 48, giveUpAfter = 120, escalateTo } = {}) {
  const request = await fastn.connector.approvals.request({ to: approver, subject: `Expense ${expense.id}: ${expense.amount} ${expense.currency}` });
  let hours = 0;
  let escalated = null;
  while (hours < giveUpAfter) {
    const { status, comment } = await fastn.connector.approvals.getStatus({ id: (escalated ?? request).id });
    if (status === 'approved' || status === 'rejected') return { status, comment, by: escalated ? escalateTo : approver, hours };
    if (hours === remindAfter) {
      await fastn.connector.chat.postMessage({ channel: `@${approver}`, text: `Please look at expense ${expense.id}` });
    } else if (hours === escalateAfter && escalateTo) {
      await fastn.connector.approvals.cancel({ id: request.id });
      escalated = await fastn.connector.approvals.request({ to: escalateTo, subject: `Escalated: expense ${expense.id}` });
    }
    await fastn.sleep(12 * HOUR);
    hours += 12;
  }
  await fastn.connector.approvals.cancel({ id: (escalated ?? request).id });
  return { status: 'expired', by: null, hours };
}

export default async function expenseApproval(ctx) {
  const expense = ctx.input;
  const employee = await fastn.connector.hr.getEmployee({ id: expense.employee });
  const trail = [];

  if (expense.amount <= 50 && expense.receipt) {
    trail.push('automatic');
  } else {
    const first = await ask(employee.manager, expense, { escalateTo: employee.managersManager });
    trail.push(`${first.by ?? 'nobody'}: ${first.status}`);
    if (first.status !== 'approved') return finish(first.status, first.comment);

    if (expense.amount > 1000) {
      const second = await ask('finance', expense, { remindAfter: 12, giveUpAfter: 48 });
      trail.push(`finance: ${second.status}`);
      if (second.status !== 'approved') return finish(second.status, second.comment);
    }
  }

  const payment = await fastn.connector.erp.postPayment({ to: employee.iban, amount: expense.amount, reference: expense.id });
  return finish('paid', payment.id);

  async function finish(status, note = '-') {
    await fastn.db.query('UPDATE expense SET status = $1, note = $2 WHERE id = $3', [status, note, expense.id]);
    await fastn.connector.mail.send({ to: employee.email, subject: `Expense ${expense.id} ${status}`, text: `${note}\n\n${trail.join('\n')}` });
    return { status, trail };
  }
}
