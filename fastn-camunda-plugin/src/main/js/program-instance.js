// The program of one execution: its shared variables, reached by accessors, and its functions.
import { describe, hide, ownKeys, table } from './primordials.js';

let variables = null;
let functions = {};
let names = table();
let shapes = [];

/** What the prelude ends with. */
function $program(parts) {
  variables = parts.variables;
  functions = parts.functions;
  for (const name of ownKeys(functions)) {
    names.set(functions[name], name);
    const { prototype } = functions[name];
    if (prototype) names.set(prototype, `${name}.prototype`);
    shapes.push(shapeOf(functions[name]));
    if (prototype) shapes.push(shapeOf(prototype));
  }
}

function shapeOf(object) {
  const shape = [object];
  for (const key of ownKeys(object)) shape.push(key, describe(object, key).value);
  return shape;
}

/** Whether a function got or lost a property since the prelude: then naming it does not bring it back as it is. */
export function functionsAreUntouched() {
  return shapes.every((shape) => {
    const keys = ownKeys(shape[0]);
    return keys.length * 2 + 1 === shape.length && keys.every((key, i) => key === shape[2 * i + 1] && Object.is(describe(shape[0], key).value, shape[2 * i + 2]));
  });
}

export const nameOfFunction = (value) => (names.has(value) ? names.get(value) : null);

export function functionNamed(path) {
  return path.endsWith('.prototype') && !Object.hasOwn(functions, path) ? functions[path.slice(0, -10)].prototype : functions[path];
}

export const variableNames = () => ownKeys(variables);

export function getVariable(name) {
  return variables[name];
}

export function setVariable(name, value) {
  variables[name] = value;
}

export function installProgram(global) {
  hide(global, '$program', $program);
}
