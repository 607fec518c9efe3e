// Wraps the CRM in a client with caching and paging, as in our other projects.
class ApiError extends Error {
  constructor(operation, cause) {
    super(`${operation}: ${cause.message}`, { cause });
    this.name = 'ApiError';
    this.operation = operation;
    this.status = cause.status;
  }
  get transient() {
    return this.status === undefined || this.status >= 500;
  }
}

class CrmClient {
  #cache = new Map();
  calls = 0;

  constructor(api, { retries = 2 } = {}) {
    this.api = api;
    this.retries = retries;
  }

  async #call(operation, args) {
    for (let left = this.retries; ; left--) {
      try {
        this.calls++;
        return await this.api[operation](args);
      } catch (e) {
        const error = new ApiError(operation, e);
        if (!error.transient || left === 0) throw error;
      }
    }
  }

  async company(id) {
    if (!this.#cache.has(id)) this.#cache.set(id, await this.#call('getCompany', { id }));
    return this.#cache.get(id);
  }

  async contacts(filter) {
    const all = [];
    let after;
    do {
      const page = await this.#call('listContacts', { ...filter, after });
      all.push(...page.items);
      after = page.next;
    } while (after);
    return all;
  }

  note(contactId, text) {
    return this.#call('createNote', { contactId, text });
  }

  get cached() {
    return this.#cache.size;
  }
}

export default async function (ctx) {
  const client = new CrmClient(fastn.connector.crm);
  const contacts = await client.contacts({ owner: ctx.input.owner });
  const result = [];
  for (const contact of contacts) {
    const company = contact.companyId ? await client.company(contact.companyId) : null;
    const text = company ? `Works at ${company.name} (${company.employees ?? '?'} people)` : 'No company';
    try {
      const { id } = await client.note(contact.id, text);
      result.push({ contact: contact.id, note: id });
    } catch (e) {
      if (!(e instanceof ApiError) || e.transient) throw e;
      result.push({ contact: contact.id, error: e.message });
    }
  }
  await fastn.state.set(`notes:${ctx.input.owner}`, result.length);
  return { result, calls: client.calls, cached: client.cached };
}
