import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
import style from './Field.module.css';

type Native = Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'onChange' | 'value'>;

/** A line of text with its name above and a hint below. */
export function Field({
  label,
  value,
  onChange,
  hint,
  ...rest
}: Native & {
  label: string;
  value: string;
  onChange(value: string): void;
  hint?: ReactNode;
}) {
  const id = useId();
  return (
    <div className={style.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={style.input}
        value={value}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        {...rest}
      />
      {hint && <span className={style.hint}>{hint}</span>}
    </div>
  );
}

/** Text of several lines with its name above and a hint below. */
export function Lines({
  label,
  value,
  onChange,
  hint,
}: {
  label: string;
  value: string;
  onChange(value: string): void;
  hint: string;
}) {
  const id = useId();
  return (
    <div className={style.field}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className={style.lines}
        rows={2}
        value={value}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
      />
      <span id={`${id}-hint`} className={style.hint}>
        {hint}
      </span>
    </div>
  );
}

/** The browser's own list of options with its name above. */
export function Choice({
  label,
  value,
  onChange,
  children,
}: {
  label: string;
  value: string;
  onChange(value: string): void;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <div className={style.field}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className={style.input}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {children}
      </select>
    </div>
  );
}

/** A box to tick, with its words. */
export function Check({
  label,
  checked,
  onChange,
  disabled = false,
}: {
  label: ReactNode;
  checked: boolean;
  onChange(checked: boolean): void;
  disabled?: boolean;
}) {
  return (
    <label className={style.check}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{label}</span>
    </label>
  );
}
