import type { ButtonHTMLAttributes, ReactNode } from 'react';
import style from './Button.module.css';
import { Icon, type IconName } from './Icon';

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'type'>;

/** A button with words. */
export function Button({
  look = 'plain',
  icon,
  submit = false,
  children,
  ...rest
}: Native & {
  look?: 'plain' | 'primary' | 'quiet' | 'danger';
  icon?: IconName;
  /** Sends the form around it. */
  submit?: boolean;
}) {
  return (
    <button
      type={submit ? 'submit' : 'button'}
      className={`${style.button} ${style[look]}`}
      {...rest}
    >
      {icon && <Icon name={icon} size={14} />}
      {children}
    </button>
  );
}

/** A link that looks like a button: it leads to where something is done. */
export function ButtonLink({
  href,
  icon,
  label,
  children,
}: {
  href: string;
  icon?: IconName;
  /** More words than are shown. */
  label?: string;
  children: ReactNode;
}) {
  return (
    <a className={`${style.button} ${style.plain}`} href={href} aria-label={label} title={label}>
      {icon && <Icon name={icon} size={14} />}
      {children}
    </a>
  );
}

/** A button that shows an icon and says its words to screen readers and on hover. */
export function IconButton({ icon, label, ...rest }: Native & { icon: IconName; label: string }) {
  return (
    <button type="button" className={style.icon} aria-label={label} title={label} {...rest}>
      <Icon name={icon} />
    </button>
  );
}
