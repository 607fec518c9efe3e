// The compiler's parser: text in, the syntax tree as JSON text out.
import { parse } from '@babel/parser';

globalThis.$parse = (text, options) => JSON.stringify(parse(text, JSON.parse(options)));
