import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pollWhile, useResource } from './useResource';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  pollWhile(() => true);
});

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

describe('a loaded resource', () => {
  it('is loaded again while it is seen, and rests while it is not', async () => {
    let shown = true;
    pollWhile(() => shown);
    const load = vi.fn(() => Promise.resolve('value'));
    renderHook(() => useResource('a', load, () => 5000));
    await pass(5100);
    expect(load).toHaveBeenCalledTimes(2);
    shown = false;
    await pass(60_000);
    expect(load).toHaveBeenCalledTimes(2);
    shown = true;
    await pass(1000);
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('keeps its last answer beside the error of a refresh', async () => {
    let answer = () => Promise.resolve('value');
    const { result } = renderHook(() => useResource('b', () => answer()));
    await pass(0);
    answer = () => Promise.reject(new Error('away'));
    await act(async () => result.current.reload());
    await pass(0);
    expect(result.current.value).toBe('value');
    expect(result.current.error).toEqual(new Error('away'));
  });

  it('drops an answer that comes after its key has changed', async () => {
    const answers: ((value: string) => void)[] = [];
    const load = () => new Promise<string>((resolve) => answers.push(resolve));
    const { result, rerender } = renderHook(({ key }) => useResource(key, load), {
      initialProps: { key: 'c' },
    });
    rerender({ key: 'd' });
    await act(async () => answers[0]?.('of c'));
    expect(result.current.value).toBeUndefined();
    await act(async () => answers[1]?.('of d'));
    expect(result.current.value).toBe('of d');
  });
});
