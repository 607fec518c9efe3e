import { ApiError } from '../api/client';
import { t } from '../words';
import { Button } from './Button';
import style from './Message.module.css';

interface Action {
  label: string;
  act(): void;
}

/** A state in words that takes the place of content: nothing there yet, nothing found, or an error. */
export function Message({
  tone = 'calm',
  title,
  text,
  code,
  action,
}: {
  tone?: 'calm' | 'error';
  title: string;
  text: string;
  code?: string | null;
  action?: Action;
}) {
  return (
    <div className={`${style.message} ${style[tone]}`} role={tone === 'error' ? 'alert' : 'status'}>
      <h2 className={style.title}>{title}</h2>
      <p className={style.text}>{text}</p>
      {code && <p className={style.code}>{t('error.code', { code })}</p>}
      {action && <Button onClick={action.act}>{action.label}</Button>}
    </div>
  );
}

/** What an error means for the reader, in words. */
export function errorText(error: unknown): string {
  if (!(error instanceof ApiError)) return String(error);
  if (error.kind === 'network') return t('error.network');
  if (error.kind === 'signedOut') return t('error.signedOut');
  if (error.kind === 'noToken') return t('error.noToken');
  if (error.kind === 'problem' && error.message) return error.message;
  if (error.status === 403) return t('error.forbidden');
  return t('error.unreadable', { status: error.status });
}

export function signIn(): void {
  location.hash = '#/login';
}

/** A load that failed, with the way on. */
export function LoadError({ error, again }: { error: unknown; again(): void }) {
  const signedOut = error instanceof ApiError && error.kind === 'signedOut';
  return (
    <Message
      tone="error"
      title={t('error.title')}
      text={errorText(error)}
      code={error instanceof ApiError ? error.code : null}
      action={
        signedOut
          ? { label: t('error.signIn'), act: signIn }
          : { label: t('error.again'), act: again }
      }
    />
  );
}

/** Above content that stays while its refresh fails. */
export function StaleNote({ error, again }: { error: unknown; again(): void }) {
  const signedOut = error instanceof ApiError && error.kind === 'signedOut';
  return (
    <div className={style.stale} role="status">
      <span>
        {t('error.stale')} {errorText(error)}
      </span>
      <Button look="quiet" onClick={signedOut ? signIn : again}>
        {signedOut ? t('error.signIn') : t('error.again')}
      </Button>
    </div>
  );
}
