// Functions that generated code calls; their names start with $, which author code can not use.
globalThis.$key = (value) => (typeof value === 'symbol' ? value : `${value}`);
