package ai.fastn.camunda.runtime;

import java.util.List;

/** Small programs that together touch everything a run keeps. Input: {@code {"xs": [1, 2, 3]}}. */
record TestProgram(String name, TestWorkflow workflow) {

    static final List<TestProgram> ALL = List.of(
            new TestProgram(
                    "a loop that collects",
                    TestWorkflow.with("items", "out", "seen", "cursor", "x", "r", "shared", "born")
                            .step(
                                    "init",
                                    "items = $ctx.input.xs; out = []; seen = new Map(); shared = { out, seen };"
                                            + " born = new Date(0); cursor = { a: items, i: 0 };")
                            .decision("more", "!(cursor.i < cursor.a.length)", "done")
                            .step("next", "x = cursor.a[cursor.i++];")
                            .step("read", "r = await fastn.connector.world.read({ x });")
                            .step(
                                    "write",
                                    "await fastn.connector.world.write({ x: r.x, n: out.length, status: r.status });")
                            .step(
                                    "push",
                                    "out.push(r.x * 2); seen.set(r.x, out); if (shared.out !== out || seen.get(r.x) !== out)"
                                            + " throw new Error('identity lost');",
                                    "more")
                            .step("done", "return { out, seen: seen.size, born: born.getTime() };")),
            new TestProgram(
                    "a catch between effects",
                    TestWorkflow.with("a", "err", "log")
                            .step("init", "log = [];")
                            .handler("caught")
                            .step("read", "a = await fastn.connector.world.read({ v: 1 }); log.push(a.v);")
                            .step("fail", "await fastn.connector.world.write({ v: a.v }); log.push('w'); null.x;")
                            .step("skipped", "log.push('never');")
                            .handler("")
                            .step("caught", "err = $thrown;")
                            .step("note", "await fastn.connector.world.write({ error: err.name, log });")
                            .step("done", "return [err instanceof TypeError, err.message !== '', log];")),
            new TestProgram(
                    "values that no record can hold",
                    TestWorkflow.with("counter", "gen", "first", "weak", "sum", "p")
                            .functions(
                                    "function* numbers() { let n = 0; while (true) yield n++ }"
                                            + " class Counter { #n = 0; next() { return ++this.#n } }",
                                    "numbers",
                                    "Counter")
                            .step(
                                    "init",
                                    "counter = new Counter(); gen = numbers(); gen.next(); weak = new WeakMap(); sum = 0;"
                                            + " first = k => k + counter.next(); p = new Proxy({}, { get: () => 5 });")
                            .step(
                                    "one",
                                    "sum += first((await fastn.connector.world.read({ v: 10 })).v) + gen.next().value;")
                            .step(
                                    "two",
                                    "sum += first((await fastn.connector.world.read({ v: 20 })).v) + gen.next().value;")
                            .step("write", "await fastn.connector.world.write({ sum, five: p.any });")
                            .step("done", "return sum;")),
            new TestProgram(
                    "answers that differ each time",
                    TestWorkflow.with("t", "id", "at", "luck", "bytes")
                            .step("draw", "id = crypto.randomUUID(); at = Date.now(); luck = Math.random();")
                            .step("tick", "t = [await fastn.connector.world.tick()];")
                            .step("write", "await fastn.connector.world.write({ id, at, luck, n: t[0].n });")
                            .step(
                                    "more",
                                    "bytes = [...crypto.getRandomValues(new Uint8Array(4))];"
                                            + " t.push(await fastn.connector.world.tick(), new Date().getTime());")
                            .step("write2", "await fastn.connector.world.write({ t, bytes, luck: Math.random() });")
                            .step(
                                    "done",
                                    "return t.length === 3 && t[0].n < t[1].n && at > 1e12 && luck < 1 && id.length;")),
            new TestProgram(
                    "effects in one step",
                    TestWorkflow.with("all", "later")
                            .functions(
                                    "async function sync(x) { const r = await fastn.connector.world.read({ x });\n"
                                            + "  return fastn.connector.world.write({ x: r.x }) }",
                                    "sync")
                            .step("all", "all = await Promise.all([1, 2, 3].map(sync));")
                            .step("floating", "fastn.connector.world.write({ floating: true }); later = [];")
                            .step(
                                    "race",
                                    "await Promise.race([fastn.connector.world.read({ x: 9 }), fastn.sleep(60000)]);"
                                            + " await new Promise(r => setTimeout(() => { later.push('t'); r() }, 5));"
                                            + " await fastn.sleep(1);")
                            .step("done", "return { all: all.map(r => r.written.x), later };")),
            new TestProgram(
                    "a call that fails at first",
                    TestWorkflow.with("r", "n")
                            .step("before", "n = (await fastn.connector.world.write({ before: true })).written;")
                            .step(
                                    "call",
                                    "try { r = await fastn.connector.world.fail(); }\n"
                                            + "  catch (e) { await fastn.connector.world.write({ notify: e.status });"
                                            + " throw new Error('gave up', { cause: e }); }")
                            .step("after", "await fastn.connector.world.write({ after: r.after > 2 });")
                            .step("done", "return n.before && r.after > 2;")));

    @Override
    public String toString() {
        return name;
    }
}
