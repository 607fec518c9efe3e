// Routes events of several systems. Handlers register themselves in a map, middlewares wrap them (express style).
const routes = new Map();
const on = (pattern, ...handlers) => routes.set(pattern, handlers);

const auth = (role) => async (event, next) => {
  const rows = await fastn.db.query('SELECT role FROM actor WHERE id = $1', [event.actor]);
  if (rows[0]?.role !== role) return { status: 403, need: role };
  return next();
};

const once = async (event, next) => {
  const key = `seen:${event.id}`;
  if (await fastn.state.get(key)) return { status: 208 };
  const result = await next();
  await fastn.state.set(key, result.status ?? 200);
  return result;
};

const timed = (label) => async (event, next) => {
  console.log(`> ${label}`);
  try {
    return await next();
  } finally {
    console.log(`< ${label}`);
  }
};

on('order.*', timed('order'), once, async (event) => {
  const order = await fastn.connector.shop.getOrder({ id: event.subject });
  if (event.type === 'order.canceled' && order.paid) {
    await fastn.connector.payments.refund({ order: order.id, amount: order.total });
    return { status: 200, refunded: order.total };
  }
  await fastn.connector.erp.createSalesOrder({ order: order.id });
  return { status: 201 };
});

on('user.deleted', auth('admin'), timed('user'), async ({ subject }) => {
  await fastn.connector.identity.deactivateUser({ id: subject });
  return { status: 200 };
});

on('ping', () => ({ status: 200, pong: true }));

function match(type) {
  for (const [pattern, handlers] of routes) {
    const re = new RegExp(`^${pattern.replace('.', '\\.').replace('*', '.*')}$`);
    if (re.test(type)) return handlers;
  }
  return null;
}

async function dispatch(event) {
  const handlers = match(event.type);
  if (handlers === null) return { status: 404, type: event.type };
  const run = async (i) => handlers[i](event, () => run(i + 1));
  try {
    return await run(0);
  } catch (e) {
    await fastn.connector.chat.postMessage({ channel: '#errors', text: `${event.type} ${event.id}: ${e.message}` });
    return { status: 500, error: e.message };
  }
}

export default async function (ctx) {
  const results = {};
  for (const event of ctx.input) results[event.id] = await dispatch(event);
  return results;
}
