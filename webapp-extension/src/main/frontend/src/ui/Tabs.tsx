import { type KeyboardEvent, type ReactNode, useId } from 'react';
import style from './Tabs.module.css';

export interface Tab<Id extends string> {
  id: Id;
  label: ReactNode;
  /** How much is there. */
  count?: number | undefined;
}

/** Tabs with arrow keys; the content belongs to the active one. */
export function Tabs<Id extends string>({
  tabs,
  active,
  label,
  choose,
  tools,
  children,
}: {
  tabs: readonly Tab<Id>[];
  active: Id;
  label: string;
  choose(id: Id): void;
  tools?: ReactNode;
  children: ReactNode;
}) {
  const base = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.id === active);
    const to = next(event.key, at, tabs.length);
    const tab = tabs[to];
    if (to === at || !tab) return;
    event.preventDefault();
    choose(tab.id);
    document.getElementById(`${base}${tab.id}`)?.focus();
  };
  return (
    <div className={style.tabs}>
      <div className={style.bar}>
        <div role="tablist" aria-label={label} className={style.list} onKeyDown={onKeyDown}>
          {tabs.map((tab) => (
            <button
              key={tab.id}
              type="button"
              role="tab"
              id={base + tab.id}
              aria-selected={tab.id === active}
              aria-controls={`${base}panel`}
              tabIndex={tab.id === active ? 0 : -1}
              className={style.tab}
              onClick={() => choose(tab.id)}
            >
              {tab.label}
              {tab.count !== undefined && (
                <>
                  {' '}
                  <span className={style.count}>{tab.count}</span>
                </>
              )}
            </button>
          ))}
        </div>
        {tools && <div className={style.tools}>{tools}</div>}
      </div>
      <div
        role="tabpanel"
        id={`${base}panel`}
        aria-labelledby={base + active}
        className={style.panel}
      >
        {children}
      </div>
    </div>
  );
}

export function next(key: string, at: number, count: number): number {
  if (key === 'ArrowRight' || key === 'ArrowDown') return (at + 1) % count;
  if (key === 'ArrowLeft' || key === 'ArrowUp') return (at + count - 1) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return at;
}
