// How late the second attempt begins, in milliseconds; the retry policy waits five seconds.
export default async function (ctx) {
  const failedAt = Date.now();
  await fastn.state.set("failed-at", failedAt, { scope: "INVOCATION" });
  return timeOfSecondAttempt(ctx) - failedAt - 5000;
}

function timeOfSecondAttempt(ctx) {
  if (ctx.execution.attempt === 1) {
    throw new Error("again");
  }
  return Date.now();
}
