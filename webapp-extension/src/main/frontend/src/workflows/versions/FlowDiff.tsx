import { useEffect, useRef, useState } from 'react';
import { useResource } from '../../api/useResource';
import {
  type ChangeWord,
  type Difference,
  getBpmn,
  type NodeChange,
  type Orientation,
} from '../../api/views';
import type { Flow } from '../../bpmn/flow';
import { loadFlow } from '../../bpmn/load';
import { IconButton } from '../../ui/Button';
import { LoadError } from '../../ui/Message';
import { useRemembered } from '../../ui/remembered';
import { Skeleton } from '../../ui/Skeleton';
import { type Key, t } from '../../words';
import { versionName } from './DiffPage';
import style from './FlowDiff.module.css';

const CHANGES: ChangeWord[] = ['added', 'removed', 'changed', 'moved'];

/** Both processes with what is different in colour, and the same as a list. */
export function FlowDiff({
  slug,
  from,
  to,
  state,
  diff: { process },
}: {
  slug: string;
  from: string;
  to: string;
  state: string;
  diff: Difference;
}) {
  const [selected, setSelected] = useState<string | null>(null);
  const [turned, setTurned] = useRemembered('localStorage', 'fastn.diff.flow', 'left-to-right');
  const orientation: Orientation = turned === 'top-to-bottom' ? turned : 'left-to-right';
  const other = orientation === 'top-to-bottom' ? 'left-to-right' : 'top-to-bottom';
  const side = (version: string, hidden: ChangeWord) => (
    <Side
      slug={slug}
      version={version}
      state={state}
      orientation={orientation}
      changes={[...process.nodes, ...process.edges].filter(({ change }) => change !== hidden)}
      selected={selected}
      onSelect={setSelected}
    />
  );
  return (
    <div className={style.flow}>
      <div className={style.list}>
        <Changes
          title={t('diff.nodes')}
          open
          changes={process.nodes}
          selected={selected}
          select={setSelected}
        />
        <Changes
          title={t('diff.edges')}
          changes={process.edges}
          selected={selected}
          select={setSelected}
        />
      </div>
      <div className={orientation === 'left-to-right' ? style.rows : style.columns}>
        {side(from, 'added')}
        {side(to, 'removed')}
        <span className={style.turn}>
          <IconButton
            icon={other === 'top-to-bottom' ? 'tall' : 'wide'}
            label={t(other === 'top-to-bottom' ? 'flow.down' : 'flow.across')}
            onClick={() => setTurned(other)}
          />
        </span>
      </div>
    </div>
  );
}

function Changes({
  title,
  open = false,
  changes,
  selected,
  select,
}: {
  title: string;
  open?: boolean;
  changes: NodeChange[];
  selected: string | null;
  select(id: string | null): void;
}) {
  if (changes.length === 0) return null;
  return (
    <section className={style.group}>
      <details open={open}>
        <summary className={style.heading}>
          {title} ({changes.length})
        </summary>
        <ul>
          {CHANGES.flatMap((word) => changes.filter(({ change }) => change === word)).map(
            ({ id, name, change, what }) => (
              <li key={id}>
                <button
                  type="button"
                  className={style.change}
                  aria-pressed={selected === id}
                  onClick={() => select(selected === id ? null : id)}
                >
                  <span className={`${style.word} ${style[change]}`}>{t(`diff.${change}`)}</span>
                  <span className={style.name}>{name || id}</span>
                  {change === 'changed' && <span className={style.what}>{what.map(fact)}</span>}
                </button>
              </li>
            ),
          )}
        </ul>
      </details>
    </section>
  );
}

const FACTS = ['name', 'kind', 'code', 'effects', 'settings', 'target', 'place'];

const fact = (what: string, i: number) =>
  (i ? ', ' : '') + (FACTS.includes(what) ? t(`diff.what.${what}` as Key) : what);

function Side({
  slug,
  version,
  state,
  orientation,
  changes,
  selected,
  onSelect,
}: {
  slug: string;
  version: string;
  state: string;
  orientation: Orientation;
  changes: NodeChange[];
  selected: string | null;
  onSelect(id: string | null): void;
}) {
  const revision = version === 'draft' ? state : '';
  const bpmn = useResource(`bpmn ${slug} ${version} ${revision} ${orientation}`, (signal) =>
    getBpmn(slug, version, orientation, signal),
  );
  return (
    <section className={style.side} aria-label={t('flow.label', { name: versionName(version) })}>
      <span className={style.version}>{versionName(version)}</span>
      {bpmn.value ? (
        <Painted
          key={bpmn.value}
          xml={bpmn.value}
          changes={changes}
          selected={selected}
          onSelect={onSelect}
        />
      ) : bpmn.loading ? (
        <Skeleton lines={3} />
      ) : (
        <LoadError error={bpmn.error} again={bpmn.reload} />
      )}
    </section>
  );
}

function Painted({
  xml,
  changes,
  selected,
  onSelect,
}: {
  xml: string;
  changes: NodeChange[];
  selected: string | null;
  onSelect(id: string | null): void;
}) {
  const container = useRef<HTMLDivElement>(null);
  const [flow, setFlow] = useState<Flow | null>(null);
  const latest = useRef({ changes, onSelect });
  latest.current = { changes, onSelect };
  useEffect(() => {
    let made: Flow | null = null;
    let gone = false;
    void loadFlow().then(async ({ createFlow }) => {
      if (gone || !container.current) return;
      made = createFlow(container.current, {
        onSelect: (id) => latest.current.onSelect(id),
        onHover: () => undefined,
      });
      await made.open(xml);
      if (gone) return;
      made.paint(new Map(latest.current.changes.map(({ id, change }) => [id, change])));
      setFlow(made);
    });
    return () => {
      gone = true;
      made?.destroy();
    };
  }, [xml]);
  useEffect(() => flow?.select(selected, { reveal: true }), [flow, selected]);
  return <div ref={container} className={style.canvas} />;
}
