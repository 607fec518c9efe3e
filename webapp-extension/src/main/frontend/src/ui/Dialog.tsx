import { type FormEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { t } from '../words';
import { Button } from './Button';
import style from './Dialog.module.css';

/** A question or a small form above the page; Escape and Cancel close it, the browser keeps the focus inside. */
export function Dialog({
  title,
  go,
  busy = false,
  danger = false,
  onGo,
  onClose,
  children,
}: {
  title: string;
  /** What the button says that does it. */
  go: string;
  busy?: boolean;
  danger?: boolean;
  onGo(): void;
  onClose(): void;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement;
    shown?.showModal();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onGo();
  };
  return (
    <dialog
      ref={dialog}
      className={style.dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <form onSubmit={onSubmit}>
        <h2 className={style.title} id={id}>
          {title}
        </h2>
        <div className={style.content}>{children}</div>
        <div className={style.actions}>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look={danger ? 'danger' : 'primary'} submit disabled={busy}>
            {go}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
