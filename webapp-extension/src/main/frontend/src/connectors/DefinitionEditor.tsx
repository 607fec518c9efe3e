import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../api/client';
import { type Connector, deleteConnector, putConnector } from '../api/connectors';
import { connectorHref, go } from '../host/router';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { errorText } from '../ui/Message';
import { Skeleton } from '../ui/Skeleton';
import { t } from '../words';
import type { TextEditor } from '../workflows/editor/textEditor';
import style from './DefinitionEditor.module.css';

const FIRST = `slug: my-service
title: My service
description: What it is for.
baseUrl: https://api.example.com/v1
auth: {type: apiKey, in: header, name: X-Api-Key}
actions:
  getThing:
    title: Get thing
    method: GET
    path: /things/{thingId}
`;

type Said = { text: string; bad: boolean } | null;

/** A definition of the tenant's own as text; what the server finds wrong stands at its line. */
export function DefinitionEditor({
  connector,
  onSaved = () => undefined,
}: {
  /** Null for a new one. */
  connector: Connector | null;
  onSaved?(): void;
}) {
  const parent = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<TextEditor | null>(null);
  const [said, setSaid] = useState<Said>(null);
  const [comments, setComments] = useState(false);
  const [busy, setBusy] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const slug = connector?.slug ?? null;

  const save = async () => {
    if (!editor) return;
    const { readDefinition, lineOf } = await import('./definitionText');
    const text = editor.text();
    const refuse = (fault: { line: number; message: string }) => {
      editor.fault(fault);
      setSaid({ text: t('definition.at', { ...fault }), bad: true });
    };
    const read = readDefinition(text);
    if ('fault' in read) return refuse(read.fault);
    const to = slug ?? read.value.slug;
    if (typeof to !== 'string' || to === '') {
      return refuse({ line: 1, message: t('definition.slug.missing') });
    }
    setBusy(true);
    try {
      const put = await putConnector(to, read.value);
      editor.fault(null);
      const n = put.version ?? 1;
      setSaid({
        text: t(put.unchanged ? 'definition.unchanged' : 'definition.saved', { n }),
        bad: false,
      });
      if (slug === null) go(connectorHref(to));
      else onSaved();
    } catch (error) {
      if (error instanceof ApiError && error.kind === 'problem' && error.status === 422) {
        refuse(lineOf(text, error.message));
      } else setSaid({ text: errorText(error), bad: true });
    } finally {
      setBusy(false);
    }
  };
  const latest = useRef(save);
  latest.current = save;

  const definition = connector?.definition;
  useEffect(() => {
    let made: TextEditor | null = null;
    let gone = false;
    const load = async () => {
      const [{ createTextEditor }, { asYaml, hasComments }] = await Promise.all([
        import('../workflows/editor/textEditor'),
        import('./definitionText'),
      ]);
      if (gone || !parent.current) return;
      made = createTextEditor(parent.current, {
        label: t('definition.source'),
        text: definition === undefined ? FIRST : asYaml(definition),
        onChange: (text) => {
          setSaid((before) => (before?.bad ? null : before));
          setComments(hasComments(text));
        },
        onSave: () => void latest.current(),
      });
      setEditor(made);
    };
    void load();
    return () => {
      gone = true;
      made?.destroy();
      setEditor(null);
    };
  }, [definition]);

  const rewrite = async (form: 'asYaml' | 'asJson') => {
    const text = await import('./definitionText');
    const read = text.readDefinition(editor?.text() ?? '');
    if ('value' in read) editor?.set(text[form](read.value));
    else setSaid({ text: t('definition.at', { ...read.fault }), bad: true });
  };
  const remove = () => {
    setBusy(true);
    deleteConnector(slug ?? '')
      .then(() => go(connectorHref(null)))
      .catch((error: unknown) => {
        setSaid({ text: errorText(error), bad: true });
        setDeleting(false);
        setBusy(false);
      });
  };
  return (
    <section className={style.pane} aria-label={t('definition.edit')}>
      <div className={style.bar}>
        <Button look="primary" disabled={busy || !editor} onClick={() => void save()}>
          {t('definition.save')}
        </Button>
        <Button look="quiet" disabled={!editor} onClick={() => void rewrite('asYaml')}>
          {t('definition.yaml')}
        </Button>
        <Button look="quiet" disabled={!editor} onClick={() => void rewrite('asJson')}>
          {t('definition.json')}
        </Button>
        <p className={said?.bad ? style.bad : style.said} role={said?.bad ? 'alert' : 'status'}>
          {said?.text}
        </p>
        {slug !== null && (
          <Button look="quiet" disabled={busy} onClick={() => setDeleting(true)}>
            {t('definition.delete')}
          </Button>
        )}
      </div>
      {comments && (
        <p className={style.note} role="status">
          {t('definition.comments')}
        </p>
      )}
      <div className={style.text} ref={parent}>
        {!editor && <Skeleton lines={10} />}
      </div>
      {deleting && (
        <Dialog
          title={t('definition.delete.title', { slug: slug ?? '' })}
          go={t('definition.delete')}
          danger
          busy={busy}
          onGo={remove}
          onClose={() => setDeleting(false)}
        >
          <p>{t('definition.delete.text')}</p>
        </Dialog>
      )}
    </section>
  );
}
