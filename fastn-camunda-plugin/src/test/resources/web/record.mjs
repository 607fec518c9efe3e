// Writes what Node answers to each line of expressions.txt: node record.mjs > node.txt
import { readFileSync } from 'node:fs';

setInterval(() => {}, 1000); // a signal's own timer does not keep Node awake
for (const expression of readFileSync(new URL('expressions.txt', import.meta.url), 'utf8').trim().split('\n')) {
  let line;
  try {
    line = JSON.stringify(await new Function(`return (${expression});`)()) ?? 'undefined';
  } catch (error) {
    line = `! ${error?.name ?? error}`;
  }
  console.log(line);
}
process.exit(0);
