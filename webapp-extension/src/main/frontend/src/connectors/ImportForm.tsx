import { useState } from 'react';
import { importDocument, type Preview, previewImport } from '../api/connectors';
import { connectorHref, go } from '../host/router';
import { EffectBadge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { Check, Field } from '../ui/Field';
import { errorText } from '../ui/Message';
import { t } from '../words';
import style from './ImportForm.module.css';

/** A connector made of an OpenAPI document: read it, choose what to take, store it. */
export function ImportForm() {
  const [document, setDocument] = useState('');
  const [preview, setPreview] = useState<Preview | null>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const send = (what: Promise<void>) => {
    setBusy(true);
    setRefused(null);
    what.catch((error: unknown) => setRefused(errorText(error))).finally(() => setBusy(false));
  };
  const change = (text: string) => {
    setDocument(text);
    setPreview(null);
  };
  return (
    <div className={style.form}>
      <p className={style.muted}>{t('import.text')}</p>
      <label className={style.file}>
        {t('import.file')}{' '}
        <input
          type="file"
          accept=".json,.yaml,.yml,application/json"
          onChange={(event) => void event.target.files?.[0]?.text().then(change)}
        />
      </label>
      <textarea
        className={style.text}
        aria-label={t('import.document')}
        spellCheck={false}
        value={document}
        onChange={(event) => change(event.target.value)}
      />
      <div className={style.bar}>
        <Button
          look={preview ? 'plain' : 'primary'}
          disabled={busy || document.trim() === ''}
          onClick={() => send(previewImport(document).then(setPreview))}
        >
          {t('import.read')}
        </Button>
        {refused && (
          <p className={style.bad} role="alert">
            {refused}
          </p>
        )}
      </div>
      {preview && (
        <Choice
          key={preview.slug}
          preview={preview}
          busy={busy}
          take={(choice) =>
            send(
              importDocument({ document, ...choice }).then(({ slug }) => go(connectorHref(slug))),
            )
          }
        />
      )}
    </div>
  );
}

function Choice({
  preview,
  busy,
  take,
}: {
  preview: Preview;
  busy: boolean;
  take(choice: { slug: string; title: string; baseUrl?: string; operations: string[] }): void;
}) {
  const [slug, setSlug] = useState(preview.slug);
  const [title, setTitle] = useState(preview.title);
  const [baseUrl, setBaseUrl] = useState(preview.hosts[0] ?? '');
  const [chosen, setChosen] = useState(
    new Set(preview.operations.filter((each) => each.chosen).map((each) => each.action)),
  );
  const toggle = (name: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(name);
    else next.delete(name);
    setChosen(next);
  };
  const { operations, warnings } = preview;
  return (
    <section className={style.choice} aria-label={t('import.title')}>
      <div className={style.fields}>
        <Field label={t('definition.slug')} value={slug} onChange={setSlug} />
        <Field label={t('import.name')} value={title} onChange={setTitle} />
        <Field label={t('import.address')} value={baseUrl} onChange={setBaseUrl} />
      </div>
      <h2 className={style.heading}>
        {t('import.operations', { chosen: chosen.size, all: operations.length })}
      </h2>
      <ul className={style.operations}>
        {operations.map(({ action, method, path, kind, deprecated, problem }) => (
          <li key={`${method} ${path} ${action}`}>
            <Check
              checked={chosen.has(action)}
              disabled={problem !== null}
              onChange={(on) => toggle(action, on)}
              label={
                <>
                  <EffectBadge kind={kind} /> <strong>{action}</strong>{' '}
                  <span className={style.mono}>
                    {method} {path}
                  </span>
                  {deprecated && <span className={style.muted}> {t('import.deprecated')}</span>}
                  {problem && <span className={style.bad}> {problem}</span>}
                </>
              }
            />
          </li>
        ))}
      </ul>
      {warnings.length > 0 && (
        <details className={style.warnings}>
          <summary>{t('import.warnings', { n: warnings.length })}</summary>
          <ul>
            {warnings.map(({ place, message }) => (
              <li key={`${place} ${message}`}>
                <span className={style.mono}>{place}</span> {message}
              </li>
            ))}
          </ul>
        </details>
      )}
      <Button
        look="primary"
        disabled={busy || chosen.size === 0 || slug === ''}
        onClick={() =>
          take({
            slug,
            title,
            operations: [...chosen],
            ...(baseUrl && { baseUrl }),
          })
        }
      >
        {t('import.make', { n: chosen.size })}
      </Button>
    </section>
  );
}
