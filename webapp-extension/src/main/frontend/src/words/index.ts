import { de } from './de';
import { en, type Key } from './en';

export type { Key };

/** Cockpit's own rule: the browser's first language if Cockpit offers it, else English. */
export const language: 'en' | 'de' = choose(navigator.languages);

const words: Record<Key, string> = language === 'de' ? de : en;

export function choose(wanted: readonly string[]): 'en' | 'de' {
  return wanted[0]?.toLowerCase().startsWith('de') ? 'de' : 'en';
}

/** The words for `key`, with `{name}` replaced by the value of that name. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  return words[key].replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}

/** The words for a name that comes from the server, or the name where we have none. */
export function worded(family: 'field' | 'auth' | 'setting', name: string): string {
  const key = `${family}.${name}`;
  return key in en ? t(key as Key) : name;
}

const relative = new Intl.RelativeTimeFormat(language, { numeric: 'always', style: 'narrow' });
const absolute = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "17h ago"; less than a second ago (or a clock ahead of ours) is "0s ago". */
export function ago(iso: string, now = Date.now()): string {
  const passed = Math.max(0, now - Date.parse(iso));
  if (passed < MINUTE) return relative.format(-Math.floor(passed / SECOND), 'second');
  if (passed < HOUR) return relative.format(-Math.floor(passed / MINUTE), 'minute');
  if (passed < DAY) return relative.format(-Math.floor(passed / HOUR), 'hour');
  return relative.format(-Math.floor(passed / DAY), 'day');
}

export function exactTime(iso: string): string {
  return absolute.format(new Date(iso));
}

/** "79ms", "2.1s", "3m 5s", "2h 10m": for run times. */
export function duration(ms: number): string {
  if (ms < SECOND) return `${Math.round(ms)}ms`;
  if (ms < MINUTE) return `${(Math.floor(ms / 100) / 10).toFixed(1)}s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)}m ${Math.floor((ms % MINUTE) / SECOND)}s`;
  return `${Math.floor(ms / HOUR)}h ${Math.floor((ms % HOUR) / MINUTE)}m`;
}

/** "500 ms", "5 s", "15 min", "6 h": for settings. */
export function span(ms: number): string {
  if (ms < SECOND) return `${number.format(ms)} ms`;
  if (ms < 2 * MINUTE) return `${number.format(ms / SECOND)} s`;
  if (ms < 2 * HOUR) return `${number.format(ms / MINUTE)} min`;
  return `${number.format(ms / HOUR)} h`;
}
