// === fetch reads, and its answer outlives the step
const response = await fetch(`https://api.example.com/items/${1 + 1}`);
const before = await p.read('between');
const { method, path } = await response.json();
return [before, method, path, response.ok, response.headers.get('Content-Type'), response.bodyUsed, response instanceof Response];

// === fetch writes what it is told
const response = await fetch('https://api.example.com/items', { method: 'POST', headers: { 'X-A': '1' }, body: JSON.stringify({ a: 1 }) });
await p.write('after');
return (await response.json()).sent;

// === an answer with an error status is no error
const response = await globalThis.fetch('https://api.example.com/404');
if (!response.ok) return [response.status, response.statusText];
return 'ok';

// === a host that does not answer is a TypeError
try {
  await fetch('https://down.example.com/');
} catch (e) {
  await p.write('noted');
  return [e instanceof TypeError, e.message, e.code];
}

// === a list of pages
const all = [];
for (let page = 1; page <= 3; page++) {
  const response = await fetch(`https://api.example.com/list?page=${page}`);
  all.push((await response.json()).path);
}
return all;

// === several at once
const answers = await Promise.all(['a', 'b', 'c'].map((name) => fetch(`https://api.example.com/${name}`).then((r) => r.json())));
return answers.map((each) => each.path);

// === a fetch of its own is the author's
const fetch = async (url) => `mine ${url}`;
return [await fetch('https://api.example.com/'), await p.read(1)];

// === a request object and a helper around fetch
const getJson = async (path, init) => {
  const response = await fetch(new Request(`https://api.example.com${path}`, init));
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
};
const first = await getJson('/a');
const second = await getJson('/b', { method: 'PUT', body: first.path });
try { await getJson('/404') } catch (e) { return [first.method, second.method, second.sent, e.message] }
