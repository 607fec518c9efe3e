import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { IconButton } from './Button';
import type { IconName } from './Icon';
import style from './Menu.module.css';

/** A button that opens a list of links or buttons below it; Escape and a click elsewhere close it. */
export function Menu({
  icon,
  label,
  disabled = false,
  children,
}: {
  icon: IconName;
  label: string;
  disabled?: boolean;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return;
    const elsewhere = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', elsewhere);
    return () => document.removeEventListener('pointerdown', elsewhere);
  }, [open]);
  const items = () => [
    ...(box.current?.querySelectorAll<HTMLElement>(`[id="${id}"] :is(a, button)`) ?? []),
  ];
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape' && open) {
      setOpen(false);
      box.current?.querySelector('button')?.focus();
    } else if (step !== undefined && open) {
      const all = items();
      const at = all.indexOf(document.activeElement as HTMLElement);
      all[at < 0 ? 0 : (at + step + all.length) % all.length]?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the controls inside
    <div
      ref={box}
      className={style.menu}
      onKeyDown={onKeyDown}
      onBlur={({ relatedTarget }) => {
        if (relatedTarget && !box.current?.contains(relatedTarget)) setOpen(false);
      }}
    >
      <IconButton
        icon={icon}
        label={label}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        disabled={disabled}
        onClick={() => setOpen(!open)}
      />
      {open && (
        // biome-ignore lint/a11y/noStaticElementInteractions: closes behind what was chosen
        // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on an item is a click
        <div className={style.list} id={id} onClick={() => setOpen(false)}>
          {children}
        </div>
      )}
    </div>
  );
}
