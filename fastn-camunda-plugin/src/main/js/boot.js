// Runs first in every execution context: everything an author's code sees beside the language itself.
import './program.js';
