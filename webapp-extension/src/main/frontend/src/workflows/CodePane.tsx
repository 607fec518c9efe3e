import { useEffect, useRef, useState } from 'react';
import type { Workflow } from '../api/types';
import { Skeleton } from '../ui/Skeleton';
import { t } from '../words';
import style from './CodePane.module.css';
import type { CodeView } from './editor/codeView';
import type { Mark } from './WorkflowPage';

/** The text in the centre: that of the draft, or of the version of that number where it differs. */
export interface ShownCode {
  code: string;
  version: number | null;
}

/** The centre: the author's code, its file name, and what the footer says about it. */
export function CodePane({
  workflow,
  shown,
  mark,
  onCursor,
  onPoint,
  showLine,
}: {
  workflow: Workflow;
  shown: ShownCode;
  mark: Mark | null;
  onCursor(place: { line: number; column: number }): void;
  onPoint(place: { line: number; column: number } | null): void;
  showLine(line: number, column: number): void;
}) {
  const parent = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<CodeView | null>(null);
  const file = workflow.fileName ?? `${workflow.slug}.js`;
  const latest = useRef({ onCursor, onPoint });
  latest.current = { onCursor, onPoint };

  useEffect(() => {
    let made: CodeView | null = null;
    let gone = false;
    void import('./editor/codeView').then(({ createCodeView }) => {
      if (gone || !parent.current) return;
      made = createCodeView(parent.current, {
        label: t('code.label', { file }),
        onCursor: (line, column) => latest.current.onCursor({ line, column }),
        onPoint: (place) => latest.current.onPoint(place),
      });
      setView(made);
    });
    return () => {
      gone = true;
      made?.destroy();
      setView(null);
    };
  }, [file]);
  useEffect(() => view?.show(shown.code), [view, shown.code]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text loses its marks
  useEffect(() => view?.mark(mark), [view, mark, shown.code]);

  const typescript = file.endsWith('.ts');
  const { version, editedBy, bytes } = workflow;
  return (
    <section className={style.pane} aria-label={t('code')}>
      <header className={style.head}>
        <span className={style.file} title={file}>
          {file}
        </span>
        {shown.version !== null && (
          <span className={style.other}>{t('code.version', { n: shown.version })}</span>
        )}
        <span className={style.what}>
          {t('code.header', { language: typescript ? 'TypeScript' : 'JavaScript' })}
        </span>
      </header>
      <div className={style.code} ref={parent}>
        {!view && <Skeleton lines={10} />}
      </div>
      <Problems workflow={workflow} showLine={showLine} />
      <footer className={style.foot}>
        {t('code.footer', {
          version: version === null ? t('version.none') : `v${version}`,
          by: editedBy === 'agent' ? 'via agent' : 'manually',
          bytes,
        })}
      </footer>
    </section>
  );
}

function Problems({
  workflow: { diagnostics },
  showLine,
}: {
  workflow: Workflow;
  showLine(line: number, column: number): void;
}) {
  if (diagnostics.length === 0) return null;
  return (
    <details className={style.problems} open>
      <summary>
        {t(diagnostics.length === 1 ? 'code.problems.one' : 'code.problems.other', {
          n: diagnostics.length,
        })}
      </summary>
      <ul>
        {diagnostics.map((found) => (
          <li key={`${found.line}:${found.column} ${found.code}`}>
            <button type="button" onClick={() => showLine(found.line, found.column)}>
              {found.line}:{found.column}
            </button>
            <span>
              {found.message}
              {found.instead && <span className={style.instead}> {found.instead}</span>}
            </span>
            <span className={style.diagnostic}>{found.code}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
