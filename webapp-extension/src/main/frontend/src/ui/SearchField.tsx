import type { KeyboardEvent } from 'react';
import { Icon } from './Icon';
import style from './SearchField.module.css';

/** A box to find something by its words. */
export function SearchField({
  label,
  value,
  found,
  keys,
  small = false,
  onChange,
  onKeyDown,
  onLeave,
}: {
  label: string;
  value: string;
  /** How much was found, shown at the end of the box. */
  found?: string | undefined;
  /** What keys do here, for screen readers. */
  keys?: string;
  /** For a bar. */
  small?: boolean;
  onChange(value: string): void;
  onKeyDown?(event: KeyboardEvent): void;
  onLeave?(): void;
}) {
  return (
    <div className={`${style.search} ${small ? style.small : style.normal}`}>
      <Icon name="search" size={small ? 14 : 16} />
      <input
        type="search"
        value={value}
        placeholder={label}
        aria-label={label}
        aria-description={keys}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={onLeave}
      />
      {found !== undefined && (
        <span className={style.found} role="status">
          {found}
        </span>
      )}
    </div>
  );
}
