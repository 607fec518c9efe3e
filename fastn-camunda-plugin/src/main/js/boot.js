// Runs first in every execution context: everything an author's code sees beside the language itself.
import './program.js';
import { installTimers } from './calls.js';
import { installClient } from './client.js';
import { connectHash } from './hash.js';
import { installConsole } from './console.js';
import { installLegacy } from './legacy.js';
import { installLowered } from './lowered.js';
import { hide } from './primordials.js';
import { installProgram } from './program-instance.js';
import { rememberBuiltins } from './realm.js';
import { connectRandom, installRecorded } from './recorded.js';
import { host } from './step.js';
import { installWeb } from './web.js';

for (const name of ['Java', 'Polyglot', 'Graal', 'Packages', 'java', 'javax', 'com', 'org', 'edu', 'load', 'loadWithNewGlobal', 'print', 'quit', 'exit', 'read', 'readLine', 'arguments']) delete globalThis[name];

installRecorded(globalThis);
installConsole(globalThis);
installTimers(globalThis);
installWeb(globalThis);
installClient(globalThis);
installLegacy(globalThis);
installLowered(globalThis);
installProgram(globalThis);
rememberBuiltins(globalThis);

// The host takes this function away before anything else runs.
hide(globalThis, '$boot', (random, hash) => {
  connectRandom(random);
  connectHash(hash);
  return host;
});
