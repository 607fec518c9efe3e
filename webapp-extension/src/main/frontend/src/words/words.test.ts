import { describe, expect, it } from 'vitest';
import { ago, choose, duration, span, t } from '.';
import { de } from './de';
import { en, type Key } from './en';

const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

describe('the words', () => {
  it('have the same holes in both languages', () => {
    for (const key of Object.keys(en) as Key[])
      expect([key, holes(de[key])]).toEqual([key, holes(en[key])]);
  });

  it('are German for a German browser, English for all others', () => {
    expect(choose(['de-AT', 'en'])).toBe('de');
    expect(choose(['fr', 'de'])).toBe('en');
    expect(choose([])).toBe('en');
  });

  it('take values, and leave a hole that has none', () => {
    expect(t('error.code', { code: 'FASTN-1' })).toBe('Code FASTN-1');
    expect(t('error.code')).toBe('Code {code}');
  });

  it.each([
    [79, '79ms'],
    [999.6, '1000ms'],
    [2130, '2.1s'],
    [29_100, '29.1s'],
    [59_990, '59.9s'],
    [185_000, '3m 5s'],
    [7_800_000, '2h 10m'],
  ])('say a run time of %d ms as %s', (ms, words) => {
    expect(duration(ms)).toBe(words);
  });

  it.each([
    [500, '500 ms'],
    [5000, '5 s'],
    [60_000, '60 s'],
    [900_000, '15 min'],
    [21_600_000, '6 h'],
  ])('say a setting of %d ms as %s', (ms, words) => {
    expect(span(ms)).toBe(words);
  });

  it('say how long ago something was', () => {
    const now = Date.parse('2026-11-25T12:00:00Z');
    expect(ago('2026-11-24T19:00:00Z', now)).toBe('17h ago');
    expect(ago('2026-11-24T11:00:00Z', now)).toBe('1d ago');
    expect(ago('2026-11-25T12:00:05Z', now)).toBe('0s ago');
  });
});
