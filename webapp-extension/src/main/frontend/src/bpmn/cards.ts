import BaseRenderer from 'diagram-js/lib/draw/BaseRenderer';
import { append, create } from 'tiny-svg';
import { KINDS, type Kind, kindOf } from './kinds';

/** What we read of a diagram element. */
export interface Drawn {
  id: string;
  type: string;
  width: number;
  height: number;
  waypoints?: unknown;
  labelTarget?: unknown;
  parent?: Drawn;
  source?: Drawn;
  businessObject: {
    id: string;
    name?: string;
    eventDefinitions?: { $type: string }[];
    get(name: string): unknown;
  };
}

interface BpmnRenderer {
  drawShape(parent: SVGElement, element: Drawn, attributes?: object): SVGElement;
  drawConnection(parent: SVGElement, element: Drawn, attributes?: object): SVGElement;
  getShapePath(element: Drawn): string;
  getConnectionPath(element: Drawn): string;
}

interface TextRenderer {
  createText(text: string, options: object): SVGElement;
}

const BAND = 22;
const CORNER = 6;
const FONT = "IBMPlexSans, 'IBM Plex Sans', open_sansregular, Helvetica, Arial, sans-serif";

export function kindOfElement(element: Drawn): Kind | null {
  const attribute = element.businessObject.get('fastn:kind');
  const inner = element.type === 'bpmn:StartEvent' && element.parent?.type === 'bpmn:SubProcess';
  if (inner && attribute === undefined) return null;
  return kindOf(typeof attribute === 'string' ? attribute : undefined, element.type);
}

/** Draws our steps as cards with a coloured band, events and gateways in the colour of their kind. */
export class CardRenderer extends BaseRenderer {
  static $inject = ['eventBus', 'bpmnRenderer', 'textRenderer'];
  private readonly bpmn: BpmnRenderer;
  private readonly texts: TextRenderer;

  constructor(
    eventBus: ConstructorParameters<typeof BaseRenderer>[0],
    bpmn: BpmnRenderer,
    texts: TextRenderer,
  ) {
    super(eventBus, 1500);
    this.bpmn = bpmn;
    this.texts = texts;
  }

  override canRender(element: unknown): boolean {
    const drawn = element as Drawn;
    if (drawn.labelTarget) return false;
    return isErrorPath(drawn) || /SubProcess$|Task$|Gateway$|Event$|CallActivity$/.test(drawn.type);
  }

  override drawShape(parent: unknown, shape: unknown): SVGElement {
    const gfx = parent as SVGElement;
    const element = shape as Drawn;
    const kind = kindOfElement(element);
    if (/SubProcess$/.test(element.type)) return this.frame(gfx, element);
    if (/Task$|CallActivity$/.test(element.type)) return this.card(gfx, element, kind ?? 'PROCESS');
    const { colour, tint } =
      failure(element) ?? (kind ? KINDS[kind] : { colour: '#7d828a', tint: '#fff' });
    const drawn = this.bpmn.drawShape(gfx, element, { stroke: colour, fill: tint });
    if (
      !element.businessObject.eventDefinitions?.length &&
      /(Start|End)Event$/.test(element.type) &&
      kind
    ) {
      append(gfx, icon(kind, element.width / 2 - 7.2, element.height / 2 - 7.2, 1.2));
    }
    return drawn;
  }

  /** Error and timeout paths are dashed. */
  override drawConnection(parent: unknown, connection: unknown): SVGElement {
    const { colour } = failure((connection as Drawn).source) ?? KINDS.WRITE;
    const line = this.bpmn.drawConnection(parent as SVGElement, connection as Drawn, {
      stroke: colour,
    });
    line.style.strokeDasharray = '5 4';
    return line;
  }

  override getShapePath(element: unknown): string {
    return this.bpmn.getShapePath(element as Drawn);
  }

  override getConnectionPath(element: unknown): string {
    return this.bpmn.getConnectionPath(element as Drawn);
  }

  /** A lifted `try` or the body: a quiet frame around its steps. */
  private frame(parent: SVGElement, element: Drawn): SVGElement {
    const drawn = this.bpmn.drawShape(parent, element, { stroke: '#62666d', fillOpacity: 0 });
    drawn.style.stroke = '#b3b8bf';
    drawn.style.strokeDasharray = '3 3';
    drawn.style.strokeWidth = '1.5px';
    return drawn;
  }

  private card(parent: SVGElement, element: Drawn, kind: Kind): SVGElement {
    const { width, height, businessObject } = element;
    const { colour, tint } = KINDS[kind];
    const box = { width, height, rx: CORNER, fill: '#fff', stroke: '#c3c7cd', 'stroke-width': 1.2 };
    const body = append(parent, create('rect', box));
    const path = `M0 ${BAND} V${CORNER} a${CORNER} ${CORNER} 0 0 1 ${CORNER} -${CORNER} H${width - CORNER} a${CORNER} ${CORNER} 0 0 1 ${CORNER} ${CORNER} V${BAND} Z`;
    append(parent, create('path', { d: path, fill: tint }));
    append(parent, icon(kind, 8, 5, 1));
    append(parent, word(kind, colour));
    const label = this.texts.createText(businessObject.name ?? businessObject.id, {
      box: { width, height: height - BAND },
      align: 'center-middle',
      padding: 6,
      style: { fontSize: 12, fontFamily: FONT, fill: '#2f3237', lineHeight: 1.2 },
    });
    label.setAttribute('transform', `translate(0 ${BAND})`);
    append(parent, label);
    return body;
  }
}

function icon(kind: Kind, x: number, y: number, scale: number): SVGElement {
  return create('path', {
    d: KINDS[kind].icon,
    transform: `translate(${x} ${y}) scale(${scale})`,
    fill: 'none',
    stroke: KINDS[kind].colour,
    'stroke-width': 1.4,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  });
}

function word(kind: Kind, colour: string): SVGElement {
  const text = create('text', { x: 25, y: 15, fill: colour });
  text.style.font = `600 10px ${FONT}`;
  text.style.letterSpacing = '.06em';
  text.textContent = kind;
  return text;
}

const ERROR = { colour: '#b5152b', tint: '#fcebed' };
const LATE = { colour: '#8a5600', tint: '#fdf2da' };

/** The colours of an event that stands for an error or for too much time. */
function failure(element: Drawn | undefined): { colour: string; tint: string } | null {
  const definition = element?.businessObject.eventDefinitions?.[0]?.$type;
  if (definition === 'bpmn:ErrorEventDefinition') return ERROR;
  if (definition === 'bpmn:TimerEventDefinition' && element?.type === 'bpmn:BoundaryEvent')
    return LATE;
  return null;
}

function isErrorPath(element: Drawn): boolean {
  return element.type === 'bpmn:SequenceFlow' && element.source?.type === 'bpmn:BoundaryEvent';
}

export const cards = { __init__: ['fastnCards'], fastnCards: ['type', CardRenderer] };
