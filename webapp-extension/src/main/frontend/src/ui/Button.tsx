import type { ButtonHTMLAttributes } from 'react';
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

/** A button that shows an icon and says its words to screen readers and on hover. */
export function IconButton({ icon, label, ...rest }: Native & { icon: IconName; label: string }) {
  return (
    <button type="button" className={style.icon} aria-label={label} title={label} {...rest}>
      <Icon name={icon} />
    </button>
  );
}
