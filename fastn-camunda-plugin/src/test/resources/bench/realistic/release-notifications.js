// Announces a release in chat, by mail and in the issue tracker. Small helpers, each used several times.
async function say(channel, text, thread) {
  const message = await fastn.connector.chat.postMessage({ channel, text, ...(thread ? { thread } : {}) });
  return message.ts;
}

async function audit(action, details = {}) {
  await fastn.db.query("INSERT INTO audit (action, details) VALUES ($1, $2)", [action, JSON.stringify(details)]);
}

async function comment(ticket, version) {
  const { status, labels = [] } = await fastn.connector.tickets.getTicket({ id: ticket });
  if (status === "closed") return false;
  await fastn.connector.tickets.addComment({ id: ticket, text: `Released with ${version}` });
  if (labels.includes("customer")) await fastn.connector.tickets.updateTicket({ id: ticket, status: "closed" });
  return true;
}

export default async function announce(ctx) {
  const { version, notes, tickets } = ctx.input;
  const [major, minor, patch] = version.split(".").map(Number);
  const kind = patch > 0 ? "patch" : minor > 0 ? "minor" : "major";

  await audit("release.announce", { version, kind });
  const thread = await say("#releases", `:rocket: ${version} is out`);
  for (const note of notes) {
    await say("#releases", `• ${note}`, thread);
  }

  let commented = 0;
  for (const ticket of tickets) {
    if (await comment(ticket, version)) commented++;
  }

  if (kind !== "patch") {
    await say("#general", `Version ${version} brings ${notes.length} changes`);
    await fastn.connector.mail.send({ to: "customers@example.com", subject: `Version ${version}`, text: notes.join("\n") });
    await audit("release.mail", { version });
  }
  if (kind === "major") await say("#general", `Please read the migration guide for ${major}.0!`);

  await say("#releases", `${commented} of ${tickets.length} tickets updated`, thread);
  await audit("release.done");
  return { kind, commented };
}
