import { useEffect, useId, useRef } from 'react';
import { t } from '../../words';
import type { JsonFault } from '../json';
import style from './JsonField.module.css';
import type { JsonEditor } from './jsonEditor';

/** A named JSON text; its fault stands below in words. */
export function JsonField({
  name,
  text,
  lines,
  problem,
  onChange,
  onRun,
}: {
  name: string;
  text: string;
  lines: number;
  problem: JsonFault | string | null;
  onChange(text: string): void;
  onRun(): void;
}) {
  const parent = useRef<HTMLDivElement>(null);
  const editor = useRef<JsonEditor | null>(null);
  const latest = useRef({ text, onChange, onRun });
  latest.current = { text, onChange, onRun };
  const id = useId();

  useEffect(() => {
    let gone = false;
    void import('./jsonEditor').then(({ createJsonEditor }) => {
      if (gone || !parent.current) return;
      editor.current = createJsonEditor(parent.current, {
        label: name,
        text: latest.current.text,
        onChange: (next) => latest.current.onChange(next),
        onRun: () => latest.current.onRun(),
      });
    });
    return () => {
      gone = true;
      editor.current?.destroy();
      editor.current = null;
    };
  }, [name]);
  useEffect(() => editor.current?.set(text), [text]);

  return (
    <div className={style.field}>
      <div className={style.name} id={id}>
        {name}
      </div>
      <div
        ref={parent}
        className={problem ? style.faulty : style.box}
        style={{ minHeight: lines * 20 + 18 }}
      />
      {problem && (
        <p className={style.problem} role="alert">
          {typeof problem === 'string'
            ? `${name}: ${problem}`
            : t('test.invalid', { field: name, ...place(problem) })}
        </p>
      )}
    </div>
  );
}

const place = ({ line, column, message }: JsonFault) => ({ line, column, message });
