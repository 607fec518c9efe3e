// Starts a report in the analytics tool, waits until it is ready, stores the file. Their API has no webhook, so we poll.
export default async function (ctx) {
  const { analytics, storage, chat } = fastn.connector;
  const started = Date.now();
  let job = await analytics.runReport({ name: ctx.input.report, format: "csv" });
  let delay = 1000;
  let polls = 0;

  while (job.status !== "ready") {
    if (job.status === "failed" || job.status === "canceled") {
      await chat.postMessage({ channel: "#data", text: `report ${ctx.input.report} ${job.status}: ${job.reason ?? "no reason given"}` });
      throw new Error(`report ${job.status}`);
    }
    if (++polls > 6) {
      await chat.postMessage({ channel: "#data", text: `report ${ctx.input.report} is still ${job.status} after ${polls} polls` });
      return { ok: false, polls };
    }
    await fastn.sleep(delay);
    delay = Math.min(delay * 2, 8000);
    let next;
    try {
      next = await analytics.getReport({ id: job.id });
    } catch (e) {
      if (e.status !== 404) throw e;
      continue; // eventually consistent: not visible yet
    }
    if (next.progress !== undefined && next.progress !== job.progress) console.log(`${next.progress}%`);
    job = next;
  }

  const path = `/exports/${ctx.input.report}-${job.id}.csv`;
  await storage.writeFile({ path, content: job.content });
  const rows = job.content.trim().split("\n").length - 1;
  if (rows === 0) {
    await chat.postMessage({ channel: "#data", text: `report ${ctx.input.report} has no rows` });
  }
  const tookMs = Date.now() - started;
  return { ok: true, path, rows, polls, positive: tookMs >= 0 };
}
