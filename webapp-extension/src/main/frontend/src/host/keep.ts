/**
 * Every change of the hash makes Cockpit build its route anew, and our one host element moves into the new node. A moved
 * element loses scroll positions and focus: both are noted while they change and put back after the move.
 */
export function keepThroughMoves(host: HTMLElement): () => void {
  const scrolled = new Map<Element, [top: number, left: number]>();
  let focused: HTMLElement | null = null;

  host.addEventListener(
    'scroll',
    ({ target }) => {
      if (target instanceof Element) scrolled.set(target, [target.scrollTop, target.scrollLeft]);
    },
    { capture: true, passive: true },
  );
  host.addEventListener('focusin', ({ target }) => {
    focused = target instanceof HTMLElement ? target : null;
  });
  // A browser may report the move itself as a loss of focus, so the reader's own leaving is believed a task later.
  host.addEventListener('focusout', () => {
    setTimeout(() => {
      if (document.hasFocus() && !host.contains(document.activeElement)) focused = null;
    });
  });

  return () => {
    const before = focused;
    requestAnimationFrame(() => {
      for (const [element, [top, left]] of scrolled) {
        if (host.contains(element)) element.scrollTo?.({ top, left });
        else scrolled.delete(element);
      }
      const idle = document.activeElement === null || document.activeElement === document.body;
      if (before && idle && host.contains(before)) before.focus({ preventScroll: true });
    });
  };
}
