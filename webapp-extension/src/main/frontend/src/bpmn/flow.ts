import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { cards, type Drawn, kindOfElement } from './cards';
import style from './flow.module.css';
import type { Kind } from './kinds';
import { type Box, type Canvas, Viewport } from './viewport';

/** One node of the Flow. */
export interface FlowNode {
  id: string;
  kind: Kind;
  name: string;
  source: string | undefined;
  effects: string[];
}

export interface Flow {
  /** Draws the BPMN and returns its nodes in reading order. */
  open(xml: string): Promise<FlowNode[]>;
  select(id: string | null, options?: { reveal: boolean }): void;
  fit(): void;
  zoom(factor: number): void;
  destroy(): void;
}

/** Lets moddle read our attributes whatever prefix the file gives our namespace. */
const FASTN = {
  name: 'Fastn',
  uri: 'https://fastn.ai/schema/camunda/1.0',
  prefix: 'fastn',
  xml: { tagAlias: 'lowerCase' },
  types: [
    {
      name: 'Step',
      extends: ['bpmn:FlowNode'],
      properties: ['kind', 'source', 'effects'].map((name) => ({
        name,
        isAttr: true,
        type: 'String',
      })),
    },
    {
      name: 'Program',
      superClass: ['Element'],
      properties: [
        { name: 'format', isAttr: true, type: 'String' },
        { name: 'sourceSha256', isAttr: true, type: 'String' },
        { name: 'text', isBody: true, type: 'String' },
      ],
    },
  ],
};

interface Registry {
  filter(test: (element: Drawn) => boolean): Drawn[];
  get(id: string): Drawn | undefined;
}

const MARKER = 'fastn-selected';

/** The deployed BPMN, drawn by bpmn-js with our cards; its bpmn.io mark stays visible as its licence asks. */
export function createFlow(
  container: HTMLElement,
  onSelect: (node: FlowNode | null) => void,
): Flow {
  container.classList.add(style.canvas ?? '');
  const viewer = new NavigatedViewer({
    container,
    additionalModules: [cards],
    moddleExtensions: { fastn: FASTN },
    bpmnRenderer: { defaultStrokeColor: '#7d828a', defaultLabelColor: '#3d4148' },
    textRenderer: { defaultStyle: { fontFamily: 'inherit', fontSize: 12 } },
  });
  const canvas = viewer.get('canvas') as Canvas;
  const registry = viewer.get('elementRegistry') as Registry;
  let selected: string | null = null;
  let nodes: FlowNode[] = [];

  viewer.on('element.click', ({ element }: { element: Drawn & { labelTarget?: Drawn } }) => {
    const id = element.labelTarget?.id ?? element.id;
    onSelect(nodes.find((node) => node.id === id) ?? null);
  });

  const viewport = new Viewport(canvas, container);
  const start = () => {
    const [trigger] = registry.filter((element) => element.type === 'bpmn:StartEvent');
    viewport.start(trigger as (Drawn & Box) | undefined);
  };
  const resized = new ResizeObserver(() => {
    if (nodes.length === 0) return;
    canvas.resized();
    start();
  });
  resized.observe(container);

  return {
    open: async (xml) => {
      selected = null;
      await viewer.importXML(xml);
      nodes = registry.filter(isNode).map(toNode).sort(byPlace);
      start();
      return nodes;
    },
    select: (id, options) => {
      if (selected) canvas.removeMarker(selected, MARKER);
      selected = id && registry.get(id) ? id : null;
      if (!selected) return;
      canvas.addMarker(selected, MARKER);
      if (options?.reveal)
        canvas.scrollToElement(selected, { top: 60, bottom: 60, left: 60, right: 60 });
    },
    fit: () => viewport.fit(),
    zoom: (factor) => viewport.zoom(factor),
    destroy: () => {
      resized.disconnect();
      viewer.destroy();
    },
  };
}

const isNode = (element: Drawn) =>
  !element.labelTarget &&
  !element.waypoints &&
  !/SubProcess$|BoundaryEvent$/.test(element.type) &&
  kindOfElement(element) !== null;

function toNode(element: Drawn): FlowNode {
  const object = element.businessObject;
  const source = object.get('fastn:source');
  const effects = object.get('fastn:effects');
  return {
    id: element.id,
    kind: kindOfElement(element) ?? 'PROCESS',
    name: object.name ?? '',
    source: typeof source === 'string' ? source : undefined,
    effects: typeof effects === 'string' ? effects.split(/\s+/) : [],
  };
}

/** By line in the author's code; nodes without a source (the trigger) stay in front, ends behind. */
function byPlace(a: FlowNode, b: FlowNode): number {
  const line = ({ source, kind }: FlowNode) =>
    source
      ? Number.parseFloat(
          source.replace(/^(\d+):(\d+).*/, (_, l, c) => `${l}.${c.padStart(4, '0')}`),
        )
      : kind === 'TRIGGER'
        ? 0
        : Number.MAX_SAFE_INTEGER;
  return line(a) - line(b);
}
