// Old style with promise chains: collects what we know of a customer from several systems.
export default function customer360(ctx) {
  var email = ctx.input.email;
  var c = fastn.connector;
  var problems = [];

  function soft(name, promise) {
    return promise.catch(function (e) {
      problems.push(name + ": " + e.message);
      return null;
    });
  }

  return c.crm.searchContacts({ email: email })
    .then(function (found) {
      if (found.items.length === 0) {
        var err = new Error("no contact for " + email);
        err.code = "NOT_FOUND";
        throw err;
      }
      return found.items[0];
    })
    .then(function (contact) {
      return Promise.all([
        contact,
        soft("shop", c.shop.listOrders({ customer: contact.shopId }).then(function (r) { return r.orders; })),
        soft("tickets", c.tickets.searchTickets({ requester: email })),
        soft("payments", c.payments.getBalance({ customer: contact.billingId })),
      ]);
    })
    .then(function (parts) {
      var contact = parts[0], orders = parts[1] || [], tickets = parts[2], balance = parts[3];
      return {
        name: contact.name,
        revenue: orders.reduce(function (s, o) { return s + o.total; }, 0),
        openTickets: tickets ? tickets.items.length : null,
        balance: balance && balance.amount,
      };
    })
    .then(function (view) {
      return c.crm.updateContact({ email: email, summary: view }).then(function () { return view; });
    })
    .catch(function (e) {
      if (e.code !== "NOT_FOUND") throw e;
      return c.crm.createTask({ title: "Who is " + email + "?" }).then(function (task) { return { task: task.id }; });
    })
    .finally(function () {
      console.log("problems", problems.sort().join(", ") || "none");
    });
}
