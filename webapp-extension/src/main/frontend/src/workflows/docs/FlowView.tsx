import { useEffect, useMemo, useRef, useState } from 'react';
import { ApiError } from '../../api/client';
import type { Workflow } from '../../api/types';
import { useResource } from '../../api/useResource';
import { getBpmn } from '../../api/workflows';
import type { Flow, FlowNode } from '../../bpmn/flow';
import { KIND_NAMES, KINDS, type Kind } from '../../bpmn/kinds';
import { IconButton } from '../../ui/Button';
import { LoadError, Message } from '../../ui/Message';
import { Skeleton } from '../../ui/Skeleton';
import { t } from '../../words';
import { nodeAt, parseSource } from '../source';
import type { Mark } from '../WorkflowPage';
import style from './FlowTab.module.css';

/** The deployed BPMN as cards. A card marks its lines in the code, a place in the code marks its card. */
export function FlowTab({
  workflow,
  cursor,
  mark,
}: {
  workflow: Workflow;
  cursor: { line: number; column: number } | null;
  mark(mark: Mark | null): void;
}) {
  const { slug, deployedVersion } = workflow;
  const bpmn = useResource(`bpmn ${slug} ${deployedVersion}`, (signal) =>
    deployedVersion === null ? Promise.resolve('') : getBpmn(slug, signal),
  );
  const missing = bpmn.error instanceof ApiError && bpmn.error.status === 404;
  if (deployedVersion === null || missing) {
    return <Message title={t('flow.none.title')} text={t('flow.none.text')} />;
  }
  if (!bpmn.value) {
    return bpmn.loading ? (
      <Skeleton lines={6} />
    ) : (
      <LoadError error={bpmn.error} again={bpmn.reload} />
    );
  }
  return (
    <Diagram key={bpmn.value} xml={bpmn.value} workflow={workflow} cursor={cursor} mark={mark} />
  );
}

function Diagram({
  xml,
  workflow,
  cursor,
  mark,
}: {
  xml: string;
  workflow: Workflow;
  cursor: { line: number; column: number } | null;
  mark(mark: Mark | null): void;
}) {
  const container = useRef<HTMLElement>(null);
  const [flow, setFlow] = useState<Flow | null>(null);
  const [nodes, setNodes] = useState<FlowNode[]>([]);
  const [broken, setBroken] = useState<string | null>(null);
  const [selected, setSelected] = useState<FlowNode | null>(null);

  const select = (node: FlowNode | null, from: 'diagram' | 'list' | 'code') => {
    setSelected(node);
    const range = parseSource(node?.source);
    mark(range && { range, reveal: from !== 'code' });
  };
  const latest = useRef(select);
  latest.current = select;

  useEffect(() => {
    let made: Flow | null = null;
    let gone = false;
    const draw = async () => {
      const { createFlow } = await import('../../bpmn/flow');
      if (gone || !container.current) return;
      made = createFlow(container.current, (node) => latest.current(node, 'diagram'));
      const drawn = await made.open(xml);
      if (gone) return;
      setNodes(drawn);
      setFlow(made);
    };
    draw().catch((error: unknown) => gone || setBroken(String(error)));
    return () => {
      gone = true;
      made?.destroy();
    };
  }, [xml]);
  useEffect(() => () => mark(null), [mark]);

  const placed = useMemo(
    () => nodes.map((node) => ({ node, range: parseSource(node.source) })),
    [nodes],
  );
  const seen = useRef(cursor);
  useEffect(() => {
    if (!cursor || cursor === seen.current) return;
    seen.current = cursor;
    const found = nodeAt(placed, cursor.line, cursor.column);
    if (found) latest.current(found.node, 'code');
  }, [cursor, placed]);
  useEffect(() => flow?.select(selected?.id ?? null, { reveal: true }), [flow, selected]);

  if (broken) return <Message tone="error" title={t('flow.broken.title')} text={broken} />;
  return (
    <div className={style.flow}>
      <div className={style.bar}>
        <select
          className={style.steps}
          aria-label={t('flow.step')}
          value={selected?.id ?? ''}
          onChange={(event) =>
            select(nodes.find(({ id }) => id === event.target.value) ?? null, 'list')
          }
        >
          <option value="">{t('flow.step.none')}</option>
          {nodes.map((node) => (
            <option key={node.id} value={node.id}>
              {`${t(`kind.${node.kind}`)}: ${node.name || node.id}`}
            </option>
          ))}
        </select>
        <span className={style.version}>v{workflow.deployedVersion}</span>
        <IconButton icon="minus" label={t('flow.out')} onClick={() => flow?.zoom(1 / 1.25)} />
        <IconButton icon="plus" label={t('flow.in')} onClick={() => flow?.zoom(1.25)} />
        <IconButton icon="fit" label={t('flow.fit')} onClick={() => flow?.fit()} />
      </div>
      <section
        ref={container}
        className={style.canvas}
        aria-label={t('flow.label', { name: workflow.name })}
      />
      {selected ? <Selected node={selected} /> : <Legend nodes={nodes} />}
    </div>
  );
}

function KindWord({ kind }: { kind: Kind }) {
  const { colour, tint, icon } = KINDS[kind];
  return (
    <span className={style.kind} style={{ color: colour, background: tint }}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <path d={icon} fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinejoin="round" />
      </svg>
      {kind}
    </span>
  );
}

function Legend({ nodes }: { nodes: FlowNode[] }) {
  return (
    <div className={style.foot}>
      {KIND_NAMES.filter((kind) => nodes.some((node) => node.kind === kind)).map((kind) => (
        <KindWord key={kind} kind={kind} />
      ))}
    </div>
  );
}

function Selected({ node }: { node: FlowNode }) {
  const range = parseSource(node.source);
  return (
    <div className={style.foot} role="status">
      <KindWord kind={node.kind} />
      <span className={style.name}>{node.name || node.id}</span>
      {node.effects.map((effect) => (
        <span key={effect} className={style.effect}>
          {effect}
        </span>
      ))}
      {range && (
        <span className={style.lines}>
          {range.line === range.endLine
            ? t('line', { line: range.line })
            : t('flow.lines', { from: range.line, to: range.endLine })}
        </span>
      )}
    </div>
  );
}
