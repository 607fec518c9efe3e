// Finds the expressions of a script that an effect can take the place of, and writes the script with some of them replaced.
const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
const UNNAMED = new Set(['FunctionExpression', 'ArrowFunctionExpression', 'ClassExpression', 'Super', 'ImportExpression', 'AwaitExpression', 'YieldExpression', 'SpreadElement', 'ChainExpression', 'PrivateIdentifier', 'ParenthesizedExpression']);

const isNode = (value) => typeof value?.type === 'string';

function* children(node) {
  for (const key of Object.keys(node)) {
    if (key === 'loc' || key === 'extra' || key.endsWith('Comments') || key === 'comments') continue;
    const value = node[key];
    if (Array.isArray(value)) for (const item of value) if (isNode(item)) yield [key, item];
    if (isNode(value)) yield [key, value];
  }
}

/** Whether an expression at this place of its parent is read as a value, so that another with that value can stand there. */
function isValue(node, key, parent) {
  if (UNNAMED.has(node.type) || !/Expression$|^Identifier$|Literal$/.test(node.type)) return false;
  switch (parent.type) {
    case 'AssignmentExpression':
    case 'AssignmentPattern':
      return key === 'right';
    case 'VariableDeclarator':
      return key === 'init';
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return parent.type === 'Property' && !parent.method && parent.kind === 'init' && !parent.shorthand && (key === 'value' ? !parent.pattern && parent.key.name !== '__proto__' && parent.key.value !== '__proto__' : parent.computed);
    case 'MemberExpression':
      return key === 'property' ? parent.computed : parent.object.type !== 'Super' && !parent.optional && !parent.inChain;
    case 'CallExpression':
    case 'NewExpression':
      return key === 'arguments' && !parent.inChain;
    case 'UnaryExpression':
      return parent.operator !== 'typeof' && parent.operator !== 'delete';
    case 'ForInStatement':
    case 'ForOfStatement':
      return key === 'right';
    case 'ExpressionStatement':
      return parent.directive === undefined;
    case 'UpdateExpression':
    case 'TaggedTemplateExpression':
    case 'RestElement':
    case 'ArrayPattern':
    case 'ObjectPattern':
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'CatchClause':
    case 'ClassDeclaration':
    case 'ClassExpression':
    case 'MetaProperty':
      return false;
    case 'ArrowFunctionExpression':
      return key === 'body';
    case 'FunctionDeclaration':
    case 'FunctionExpression':
      return false;
    default:
      return true;
  }
}

/** What a script offers: places for effects, functions that can become async, and the calls of those. */
export class Script {
  constructor(code, program) {
    this.code = code;
    this.sites = [];
    this.functions = new Map(); // name -> {node, calls: [{node, around}], around}
    this.names = new Map(); // name -> how often declared, assigned or used as a value
    this.visit(program, null, 'body', { around: null, allowed: true, statement: null });
    this.settle();
  }

  visit(node, parent, key, place) {
    let here = place;
    if (FUNCTIONS.has(node.type)) here = this.enterFunction(node, parent, key, place);
    else if (node.type === 'ClassBody' || node.type === 'StaticBlock') here = { ...place, allowed: false };
    if (/Statement$|Declaration$/.test(node.type) && !FUNCTIONS.has(node.type)) here = { ...here, statement: node, listed: Array.isArray(parent?.body) || Array.isArray(parent?.consequent) };
    if (node.type === 'ObjectPattern') for (const property of node.properties) property.pattern = true;
    if (parent?.type === 'ChainExpression' || (parent?.inChain && (key === 'object' || key === 'callee'))) node.inChain = true;
    if (node.type === 'Identifier') this.noteName(node, parent, key, here);
    if (parent !== null && isValue(node, key, parent) && !(node.type === 'Identifier' && node.name === 'arguments')) {
      this.sites.push({ node, around: here.around, allowed: here.allowed, statement: here.statement, listed: here.listed });
    }
    for (const [childKey, child] of children(node)) {
      const parameter = FUNCTIONS.has(node.type) && childKey === 'params';
      this.visit(child, node, childKey, parameter ? { ...here, allowed: false } : here);
    }
  }

  enterFunction(node, parent, key, place) {
    const plain = !node.generator && !(parent?.type === 'Property' && (parent.method || parent.kind !== 'init')) && parent?.type !== 'MethodDefinition' && parent?.type !== 'PropertyDefinition';
    const name = node.type === 'FunctionDeclaration' ? node.id.name : parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' && key === 'init' ? parent.id.name : null;
    const made = { node, around: place.around, allowed: plain, calls: [], isAsync: node.async, name };
    if (parent?.type === 'CallExpression' && key === 'callee') made.calls.push({ node: parent, around: place.around, allowed: place.allowed, statement: place.statement, listed: place.listed });
    else if (name === null && !node.async) made.allowed = false;
    if (name !== null) this.functions.set(name, made);
    return { around: made, allowed: plain, statement: null };
  }

  noteName(node, parent, key, place) {
    if (parent.type === 'MemberExpression' && key === 'property' && !parent.computed) return;
    if (parent.type === 'Property' && key === 'key' && !parent.computed && !parent.shorthand) return;
    const uses = this.names.get(node.name) ?? { others: 0, declared: 0, calls: [] };
    this.names.set(node.name, uses);
    const declares = (FUNCTIONS.has(parent.type) && key === 'id') || (parent.type === 'VariableDeclarator' && key === 'id');
    if (declares) uses.declared++;
    else if (parent.type === 'CallExpression' && key === 'callee') uses.calls.push({ node: parent, around: place.around, allowed: place.allowed && !parent.inChain && !parent.optional, statement: place.statement, listed: place.listed });
    else uses.others++;
  }

  /** A function can become async when all that is done with it is calling it, where an await is allowed. */
  settle() {
    for (const [name, made] of this.functions) {
      const uses = this.names.get(name);
      made.calls.push(...uses.calls);
      if (!made.isAsync && (uses.declared !== 1 || uses.others > 0)) made.allowed = false;
    }
    const all = [...this.functions.values(), ...this.sites.map((site) => site.around).filter((around) => around !== null)];
    for (let changed = true; changed; ) {
      changed = false;
      for (const made of all) {
        if (made.allowed && !made.isAsync && made.calls.some((call) => !call.allowed || call.around?.allowed === false)) {
          made.allowed = false;
          changed = true;
        }
      }
    }
    this.sites = this.sites.filter((site) => site.allowed && site.around?.allowed !== false);
  }

  /** The script with the chosen sites written anew: `wrap` gives what stands before and behind each. */
  rewritten(chosen, wrap, awaiting) {
    const edits = [];
    const guarded = new Set();
    const around = ({ node, statement, listed }, before, after) => {
      const size = node.end - node.start;
      edits.push({ at: node.start, text: before, size, start: true }, { at: node.end, text: after, size, start: false });
      // a line that now begins with a parenthesis must not go on with the statement above it
      if (listed && statement?.type === 'ExpressionStatement' && statement.start === node.start && !guarded.has(statement)) {
        guarded.add(statement);
        edits.push({ at: node.start, text: ';', size: Number.POSITIVE_INFINITY, start: true });
      }
    };
    for (const site of chosen) around(site, ...wrap(site));
    if (awaiting) {
      for (const made of this.madeAsync(chosen)) {
        edits.push({ at: made.node.start, text: 'async ', size: 0, start: true });
        for (const call of made.calls) around(call, '(await ', ')');
      }
    }
    return this.applied(edits);
  }

  madeAsync(chosen) {
    const made = new Set();
    const add = (around) => {
      if (around === null || around.isAsync || made.has(around)) return;
      made.add(around);
      for (const call of around.calls) add(call.around);
    };
    for (const site of chosen) add(site.around);
    return made;
  }

  applied(edits) {
    // at one place: ends before starts; of ends the inner first, of starts the outer first
    edits.sort((a, b) => a.at - b.at || a.start - b.start || (a.start ? b.size - a.size : a.size - b.size));
    let text = '';
    let at = 0;
    for (const edit of edits) {
      text += this.code.slice(at, edit.at) + edit.text;
      at = edit.at;
    }
    return text + this.code.slice(at);
  }
}
