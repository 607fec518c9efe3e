// === pages of a list, each written before the next is read
const seen = [];
for await (const page of p.read.pages({ pages: 3 })) {
  seen.push(page.page);
  await p.write(page);
}
return seen;

// === a loop over pages that ends early
const seen = [];
for await (const { page, of } of fastn.connector.probe.read.pages({ pages: 5 })) {
  if (page > 2) break;
  seen.push(`${page}/${of}`);
}
return [seen, await p.read(1)];

// === an action without pages says so
try {
  for await (const page of p.write.pages({ a: 1 })) console.log(page);
} catch (e) {
  return e.message;
}
