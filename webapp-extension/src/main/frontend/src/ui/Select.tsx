import type { ReactNode } from 'react';
import style from './Select.module.css';

/** The browser's own list of options, small enough for a bar. */
export function Select({
  label,
  value,
  choose,
  children,
}: {
  label: string;
  value: string;
  choose(value: string): void;
  children: ReactNode;
}) {
  return (
    <select
      className={style.select}
      aria-label={label}
      title={label}
      value={value}
      onChange={(event) => choose(event.target.value)}
    >
      {children}
    </select>
  );
}
